-- Which sources have been silent for longer than they usually are at this hour? Without a history nobody can say. A help desk
-- of the pack from which nothing came in eight weeks is told too; the source of a desk ends in the id of its substation.
SELECT
    if(heard.source IS NULL, concat('help desk of ', desk.node_id), heard.source) AS source,
    heard.last_received_at AS last_received_at,
    round(heard.silent_seconds / 60) AS silent_minutes,
    round(heard.usual_gap_seconds / 60) AS usual_minutes,
    multiIf(
        heard.source IS NULL, 'not heard in eight weeks', heard.usual_gap_seconds IS NULL, 'not known',
        heard.silent, 'silent', 'as usual'
    ) AS verdict
FROM
(
    SELECT *, splitByChar('/', toString(source))[-1] AS of_desk
    FROM complaints.silent_sources(as_of = toDateTime64('2026-06-20 22:00:00', 3, 'Asia/Kolkata'))
) AS heard
FULL JOIN (SELECT node_id FROM complaints.nodes_current WHERE help_desk) AS desk ON desk.node_id = heard.of_desk
ORDER BY heard.silent_seconds DESC NULLS FIRST, source
SETTINGS join_use_nulls = 1;
