-- What is owed for breached limits? NULL: limits were broken for which no amount is known. That is not zero rupees.
SELECT substation_id, category, sum(breached) AS too_late, sum(owed_to) AS consumers, sum(compensation_rs) AS rupees
FROM complaints.service_levels(from_day = '2026-06-14', to_day = '2026-06-20')
WHERE breached > 0
GROUP BY substation_id, category
ORDER BY rupees DESC NULLS LAST, too_late DESC;
