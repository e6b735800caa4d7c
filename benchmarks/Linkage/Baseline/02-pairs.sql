-- Pairs of one blocking rule, as Splink 5 makes them: ids first, and no pair that an earlier rule has found. {rule} is
-- such as "l.surname = r.surname AND l.dob = r.dob"; {earlier} the rules before it, each false where a value is not known;
-- {order} takes each pair once, and of two lists only pairs across.
INSERT INTO pairs
SELECT l.id AS id_l, r.id AS id_r
FROM people l JOIN people r ON {rule} AND {order}
WHERE NOT ({earlier});
