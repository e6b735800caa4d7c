-- One round for the prior: what the blocked pairs hold of matches, over all pairs there are. Pairs outside count as none.
SELECT sum(pairs / (1 + pow(2, -({prior} + weight)))) / {allPairs} FROM pattern_weight;
