-- service_levels: by day of reported_at, category and substation, how complaints stand against their service limit.
--
-- met, breached: settled (restored, closed or rejected, after the last `reopened`) by due_at, or later. Not settled: running
-- until due_at, then breached. without_limit: no limit is known for the category. The clock is as_of: the wall clock, but
-- not later than the newest reported_at, so that a stopped pipeline or a day that is played again breaches nothing.
--
-- compensation_rs: rupees a started day beyond the limit, from the limits of the pack in use, by the area class of the
-- feeder (industrial falls back to urban, each to `any`; urban where the feeder is not known). Per case: each complaint.
-- Per consumer: for a transformer every consumer below it, once a day of complaints and for the longest lateness, since all
-- of them were out; for other categories each customer who complained, since who else was out is not known. Null when no
-- amount is known for any of them; the legal cap (30 % of a year's fixed charge) is not applied.
--
-- The join streams the status events past the complaints of the days asked for, and not the other way about: at 24 million
-- status events a day takes half a second. Every level is grouped by day too, so that a filter for days reaches the table.
-- Status is compared as the dictionary-coded word that it is stored as: with toString the plan does not stream the events,
-- and a day takes three times the CPU.
CREATE VIEW IF NOT EXISTS complaints.service_levels ${on_cluster}
(
    day Date,
    category String,
    substation_id String,
    name String,
    complaints UInt64,
    met UInt64,
    breached UInt64,
    running UInt64,
    without_limit UInt64,
    owed_to UInt64,
    compensation_rs Nullable(Float64),
    as_of DateTime64(3, 'Asia/Kolkata'),
    newest_received_at DateTime64(3, 'Asia/Kolkata')
)
AS WITH
    (SELECT least(now64(3, 'Asia/Kolkata'), max(reported_at)) FROM complaints.complaints_by_time) AS clock
SELECT
    owed.day AS day,
    owed.category AS category,
    owed.substation_id AS substation_id,
    any(owed.name) AS name,
    sum(owed.complaints) AS complaints,
    sum(owed.met) AS met,
    sum(owed.breached) AS breached,
    sum(owed.running) AS running,
    sum(owed.without_limit) AS without_limit,
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
        any(c.name) AS name,
        count() AS complaints,
        countIf(c.settled_at <= c.due_at) AS met,
        countIf(c.late_days > 0) AS breached,
        countIf(c.due_at IS NULL) AS without_limit,
        complaints - met - breached - without_limit AS running,
        any(c.amount) IS NOT NULL AS known,
        max(c.heads) AS heads,
        max(c.late_days * c.heads * ifNull(c.amount, 0)) AS rupees,
        max(c.newest_received_at) AS newest_received_at
    FROM
    (
        SELECT
            f.complaint_id,
            f.day AS day,
            f.category AS category,
            f.substation_id AS substation_id,
            f.name AS name,
            f.due_at AS due_at,
            f.newest_received_at AS newest_received_at,
            f.settled_at AS settled_at,
            if(f.due_at IS NULL, 0, greatest(0, ceil(
                dateDiff('millisecond', f.due_at, ifNull(f.settled_at, clock)) / 86400000
            ))) AS late_days,
            l.amount AS amount,
            l.per = 'consumer' AND f.category = 'transformer_fault' AND f.transformer_id != '' AS whole,
            multiIf(
                late_days = 0 OR l.amount IS NULL, '', whole, f.transformer_id, l.per = 'consumer', toString(f.customer),
                toString(f.complaint_id)
            ) AS key,
            if(whole, greatest(1, f.consumers), 1) AS heads
        FROM
        (
            SELECT
                c.complaint_id AS complaint_id,
                c.day AS day,
                any(c.category) AS category,
                any(c.substation_id) AS substation_id,
                any(c.transformer_id) AS transformer_id,
                any(c.area_class) AS area_class,
                any(c.name) AS name,
                any(c.consumers) AS consumers,
                any(c.customer) AS customer,
                any(c.due_at) AS due_at,
                max(c.received_at) AS newest_received_at,
                maxIf(s.at, s.status = 'reopened') AS reopened_at,
                groupArrayIf(s.at, s.status IN ('restored', 'closed', 'rejected')) AS ends,
                arrayFilter(at -> at > reopened_at, ends) AS last_ends,
                if(empty(last_ends), NULL, arrayMin(last_ends)) AS settled_at
            FROM
            (
                SELECT complaint_id, status, at FROM complaints.complaint_status
                WHERE status IN ('restored', 'closed', 'rejected', 'reopened')
            ) AS s
            RIGHT JOIN
            (
                SELECT
                    t.complaint_id AS complaint_id,
                    toDate(t.reported_at, 'Asia/Kolkata') AS day,
                    t.received_at AS received_at,
                    t.category AS category,
                    t.substation_id AS substation_id,
                    t.transformer_id AS transformer_id,
                    t.customer AS customer,
                    t.due_at AS due_at,
                    w.consumers AS consumers,
                    if(f.feeder_kind = '', 'urban', f.feeder_kind) AS area_class,
                    b.name AS name
                FROM
                (
                    SELECT
                        complaint_id, reported_at, received_at, category, substation_id, feeder_id, transformer_id,
                        customer, due_at
                    FROM complaints.complaints_by_time FINAL
                    SETTINGS defer_partition_pruning_after_final = 0
                ) AS t
                LEFT JOIN (SELECT node_id, feeder_kind FROM complaints.nodes_current WHERE node_kind = 'feeder') AS f
                    ON f.node_id = t.feeder_id
                LEFT JOIN (SELECT node_id, name FROM complaints.nodes_current WHERE node_kind = 'substation') AS b
                    ON b.node_id = t.substation_id
                LEFT JOIN
                (
                    SELECT node_id, consumers FROM complaints.nodes_current WHERE node_kind = 'transformer'
                ) AS w ON w.node_id = t.transformer_id
            ) AS c ON s.complaint_id = c.complaint_id
            GROUP BY complaint_id, day
        ) AS f
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
        ) AS l ON l.category = f.category AND l.area_class = f.area_class
    ) AS c
    GROUP BY day, category, substation_id, key
) AS owed
GROUP BY day, category, substation_id;
