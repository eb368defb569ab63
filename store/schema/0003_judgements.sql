-- Which curators' judgements this store was linked by, and whom they touched; the judgements themselves, with who made them
-- when, are in the state file. When one of them is undone, its keys are linked anew and its articles derived anew.

create table judged_keys (
    judgement integer not null,      -- hash of the judgement
    kind text not null,
    key text not null,
    primary key (judgement, kind, key)
) without rowid;

create table judged_articles (
    judgement integer not null,
    article_id integer not null references articles (id) on delete cascade,
    primary key (judgement, article_id)
) without rowid;
create index judged_articles_article on judged_articles (article_id);
