-- SAIFI, SAIDI, CAIDI and MAIFI of the month (IEEE 1366), by two methods. Confirmed and estimated stay apart.
SELECT
    substation_id,
    method,
    estimated,
    interruptions,
    running,
    round(saifi, 3) AS saifi,
    round(saidi_minutes, 1) AS saidi_minutes,
    round(caidi_minutes, 1) AS caidi_minutes,
    round(maifi, 3) AS maifi
FROM complaints.reliability_indices
WHERE month = '2026-06-01' AND NOT planned
ORDER BY substation_id, method DESC, estimated;
