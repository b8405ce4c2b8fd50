-- service_levels(from_day, to_day): by day of reported_at, category and substation, how complaints stand against their limit.
--
-- met, breached: settled (restored, closed or rejected, after the last `reopened`) by due_at, or later. Not settled: running
-- until due_at, then breached. without_limit: no limit is known for the category. The clock is as_of: the wall clock, but
-- not later than the newest reported_at, so that a stopped pipeline or a day that is played again breaches nothing.
-- The newest of all complaints, whoever asks: it was the newest that the reader may read, so that for a help desk without a
-- new complaint the clock stood still, and what was breached came out as running.
--
-- planned: complaints of supply from inside announced work. No limit runs for them, and nothing is owed: the limits are for
-- faults. An announced interruption has a standard of its own (Telangana: 12 hours and back by 18:00; Bihar: 10 hours and by
-- 18:00; none was found for UP), which is about the work and not about who complained of it. A danger (hazard) keeps its
-- limit, since work that was announced excuses no broken line; so do complaints that are not of supply.
--
-- compensation_rs: rupees a started day beyond the limit, from the limits of the pack in use, by the area class of the
-- feeder (industrial falls back to urban, each to `any`; urban where the feeder is not known). Per case: each complaint.
-- Per consumer: for a transformer every consumer below it, once a day of complaints and for the longest lateness, since all
-- of them were out; for other categories each customer who complained, since who else was out is not known. Null when no
-- amount is known for any of them; the legal cap (30 % of a year's fixed charge) is not applied.
--
-- The days are parameters and no filter, so that events of status are read from a day before from_day on (a dispatcher's
-- clock may be wrong, but not by more) and not of all time. As a view with a filter it took 2 s of CPU for a week at 20
-- million complaints, and 10 s and 1.4 GB when it was first asked after a start. Complaints that owe nothing are added up
-- before names and limits are joined to them.
--
-- A view cannot be changed, so it is made anew. No data is in it.
-- destructive: allowed

-- newest_complaint is read with the rights of who made it, and tells a time and nothing else. The profile of readers keeps
-- them from additional_table_filters, which would reach into it.
CREATE VIEW IF NOT EXISTS complaints.newest_complaint ${on_cluster}
(
    reported_at DateTime64(3, 'Asia/Kolkata')
)
DEFINER = CURRENT_USER SQL SECURITY DEFINER
AS SELECT max(t.reported_at) AS reported_at FROM complaints.complaints_by_time AS t;

CREATE OR REPLACE VIEW complaints.service_levels ${on_cluster}
AS WITH
    {from_day:Date} AS first_day,
    {to_day:Date} AS last_day,
    (SELECT least(now64(3, 'Asia/Kolkata'), reported_at) FROM complaints.newest_complaint) AS clock
SELECT
    owed.day AS day,
    toString(owed.category) AS category,
    toString(owed.substation_id) AS substation_id,
    any(b.name) AS name,
    sum(owed.complaints) AS complaints,
    sum(owed.met) AS met,
    sum(owed.breached) AS breached,
    sum(owed.running) AS running,
    sum(owed.without_limit) AS without_limit,
    sum(owed.planned) AS planned,
    sum(if(owed.rupees > 0, owed.heads, 0)) AS owed_to,
    if(countIf(owed.known) = 0, NULL, sum(owed.rupees)) AS compensation_rs,
    clock AS as_of,
    max(owed.newest_received_at) AS newest_received_at
FROM
(
    SELECT
        c.day AS day,
        c.category AS category,
        c.substation_id AS substation_id,
        sum(c.complaints) AS complaints,
        sum(c.planned) AS planned,
        sum(c.without_limit) AS without_limit,
        sum(c.met) AS met,
        sum(c.breached) AS breached,
        complaints - planned - without_limit - met - breached AS running,
        any(c.amount) IS NOT NULL AS known,
        max(c.heads) AS heads,
        max(c.late_days * c.heads * ifNull(c.amount, 0)) AS rupees,
        max(c.newest_received_at) AS newest_received_at
    FROM
    (
        SELECT
            f.day AS day,
            f.category AS category,
            f.substation_id AS substation_id,
            f.late_days AS late_days,
            f.complaints AS complaints,
            f.planned AS planned,
            f.without_limit AS without_limit,
            f.met AS met,
            f.breached AS breached,
            f.newest_received_at AS newest_received_at,
            l.amount AS amount,
            l.per = 'consumer' AND f.category = 'transformer_fault' AND f.transformer != '' AS whole,
            multiIf(
                f.late_days = 0 OR l.amount IS NULL, '', whole, toString(f.transformer), l.per = 'consumer',
                toString(f.caller), toString(f.complaint)
            ) AS key,
            if(whole, greatest(1, w.consumers), 1) AS heads
        FROM
        (
            SELECT
                day,
                category,
                substation_id,
                feeder_id,
                c.late > 0 AND category IN
                (
                    SELECT category FROM complaints.service_limits_current WHERE compensation_rs IS NOT NULL
                ) AS owing,
                if(owing, c.transformer_id, '') AS transformer,
                if(owing, c.customer, 0) AS caller,
                if(owing, c.complaint_id, toUUID('00000000-0000-0000-0000-000000000000')) AS complaint,
                max(c.late) AS late_days,
                count() AS complaints,
                countIf(c.state = 'planned') AS planned,
                countIf(c.state = 'without_limit') AS without_limit,
                countIf(c.state = 'met') AS met,
                countIf(c.late > 0) AS breached,
                max(c.received_at) AS newest_received_at
            FROM
            (
                SELECT
                    t.complaint_id AS complaint_id,
                    t.day AS day,
                    t.category AS category,
                    t.substation_id AS substation_id,
                    t.feeder_id AS feeder_id,
                    t.transformer_id AS transformer_id,
                    t.customer AS customer,
                    t.received_at AS received_at,
                    if(s.settled.1, s.settled.2, NULL) AS settled_at,
                    multiIf(
                        t.excused, 'planned', t.due_at IS NULL, 'without_limit', settled_at <= t.due_at, 'met', 'other'
                    ) AS state,
                    if(t.excused OR t.due_at IS NULL, 0, greatest(0, ceil(
                        dateDiff('millisecond', t.due_at, ifNull(settled_at, clock)) / 86400000
                    ))) AS late
                FROM
                (
                    SELECT
                        complaint_id, toDate(reported_at, 'Asia/Kolkata') AS day, received_at, category, substation_id,
                        feeder_id, transformer_id, customer, due_at,
                        planned AND NOT hazard AND category IN (
                            'no_supply', 'no_supply_area', 'phase_missing', 'low_voltage', 'voltage_fluctuation',
                            'frequent_tripping', 'transformer_fault', 'fuse_blown', 'underground_cable_fault'
                        ) AS excused
                    FROM complaints.complaints_by_time FINAL
                    WHERE reported_at >= toDateTime64(first_day, 3, 'Asia/Kolkata')
                        AND reported_at < toDateTime64(last_day + 1, 3, 'Asia/Kolkata')
                    LIMIT 1 BY sipHash64(complaint_id), day
                    SETTINGS defer_partition_pruning_after_final = 0
                ) AS t
                LEFT JOIN
                (
                    SELECT
                        complaint_id,
                        maxIf(at, status = 'reopened') AS reopened_at,
                        arrayFilter(x -> x > reopened_at, groupArrayIf(at, status != 'reopened')) AS ends,
                        (notEmpty(ends), arrayMin(ends)) AS settled
                    FROM
                    (
                        SELECT s.complaint_id AS complaint_id, argMax(s.status, s.received_at) AS status,
                            argMax(s.at, s.received_at) AS at
                        FROM complaints.status_by_time AS s
                        WHERE s.status IN ('restored', 'closed', 'rejected', 'reopened')
                            AND s.at >= toDateTime64(first_day, 3, 'Asia/Kolkata') - INTERVAL 1 DAY
                        GROUP BY complaint_id, s.event
                    )
                    GROUP BY complaint_id
                ) AS s ON s.complaint_id = t.complaint_id
            ) AS c
            GROUP BY day, category, substation_id, feeder_id, owing, transformer, caller, complaint
        ) AS f
        LEFT JOIN (SELECT node_id, feeder_kind FROM complaints.nodes_current WHERE node_kind = 'feeder') AS a
            ON a.node_id = f.feeder_id
        LEFT JOIN (SELECT node_id, consumers FROM complaints.nodes_current WHERE node_kind = 'transformer') AS w
            ON w.node_id = f.transformer
        LEFT JOIN
        (
            SELECT
                category,
                wanted.1 AS area_class,
                argMin((compensation_rs, payee), wanted.2) AS best,
                best.1 AS amount,
                best.2 AS per
            FROM
            (
                SELECT
                    category, compensation_rs, per AS payee,
                    arrayJoin(multiIf(
                        area_class = 'urban', [('urban', 1), ('industrial', 2)],
                        area_class = 'any', [('urban', 3), ('rural', 3), ('industrial', 3)],
                        [(area_class, 1)]
                    )) AS wanted
                FROM complaints.service_limits_current
            )
            GROUP BY category, area_class
        ) AS l ON l.category = f.category AND l.area_class = if(a.feeder_kind = '', 'urban', a.feeder_kind)
    ) AS c
    GROUP BY day, category, substation_id, c.key
) AS owed
LEFT JOIN (SELECT node_id, name FROM complaints.nodes_current WHERE node_kind = 'substation') AS b
    ON b.node_id = owed.substation_id
GROUP BY day, category, substation_id;
