"""supervisord, made to look more often: called as `supervisord_process.py -c CONFIG`.

Stock supervisord notices at once that a program has ended, but starts it again only after its next wait, of a second.
Here it waits a tenth of that. Reaches into supervisor 4.3.0: `supervisor.poller.Poller` is the class it waits with.
"""

from supervisor import poller, supervisord

LONGEST_WAIT_SECONDS = 0.1


class PromptPoller(poller.Poller):  # type: ignore[misc]
    """supervisord's poller with a bound on its wait."""

    def poll(self, timeout: float) -> object:
        return super().poll(min(timeout, LONGEST_WAIT_SECONDS))


if __name__ == "__main__":
    poller.Poller = PromptPoller
    supervisord.main()
