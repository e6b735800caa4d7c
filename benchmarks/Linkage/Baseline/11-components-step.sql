-- One round: take the least root among the neighbours, then the root of that root. Edges within one component are dropped.
CREATE OR REPLACE TABLE edges AS
SELECT edges.a, edges.b FROM edges JOIN component l ON l.id = edges.a JOIN component r ON r.id = edges.b WHERE l.root <> r.root;
CREATE OR REPLACE TABLE hooked AS
SELECT l.root AS id, min(r.root) AS root
FROM edges JOIN component l ON l.id = edges.a JOIN component r ON r.id = edges.b
WHERE r.root < l.root GROUP BY l.root;
CREATE OR REPLACE TABLE component AS
SELECT component.id, coalesce(second.root, first.root, component.root) AS root
FROM component LEFT JOIN hooked first ON first.id = component.root LEFT JOIN hooked second ON second.id = first.root;
