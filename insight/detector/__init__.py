"""Which node of the network is down, from complaints and telemetry. Pure: no I/O, no clock."""

from insight.detector.detector import Detector
from insight.detector.outage import Outage, stored_outage
from insight.detector.report import Report, Shutdown, StatusEvent, SwitchEvent, report_of, status_of, switch_of
from insight.detector.rules import NORMAL, RULE_SETS, STORM, RuleSet
from insight.detector.tree import Tree, tree_of

__all__ = [
    "NORMAL",
    "RULE_SETS",
    "STORM",
    "Detector",
    "Outage",
    "Report",
    "RuleSet",
    "Shutdown",
    "StatusEvent",
    "SwitchEvent",
    "Tree",
    "report_of",
    "status_of",
    "stored_outage",
    "switch_of",
    "tree_of",
]
