-- Connected components: every record points at the least record that it is joined with.
CREATE OR REPLACE TABLE edges AS
SELECT id_l AS a, id_r AS b FROM matches UNION ALL SELECT id_r, id_l FROM matches;
CREATE OR REPLACE TABLE component AS
SELECT a AS id, least(a, min(b)) AS root FROM edges GROUP BY a;
