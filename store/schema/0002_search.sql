-- Ranked search: one row per article, rowid is articles.id. `terms` holds the folded syllables of title, body and captions
-- (page furniture and repeated headlines left out) and, joined by `_`, every two that stand side by side: `thanh uy thanh_uy`.
-- select a.title from articles_fts f join articles a on a.id = f.rowid where articles_fts match 'thanh_uy' order by rank;
create virtual table articles_fts using fts5 (
    terms, content = '', tokenize = "unicode61 remove_diacritics 0 tokenchars '_'"
);

-- In how many articles a term stands: select term, doc from articles_fts_terms where term = 'thanh_uy';
create virtual table articles_fts_terms using fts5vocab ('articles_fts', 'row');

-- In how many sentences a word stands, by column of sentences_fts (`text` with diacritics, `folded` without).
create virtual table sentences_fts_terms using fts5vocab ('sentences_fts', 'col');
