from qualify.scoring.model import *
from decimal import Decimal


def likely_twins(a, b):
    return (
        a.adopted == b.adopted
        and a.title != b.title
        and a.title.strip("。")[-2:] == b.title.strip("。")[-2:]
        and a.title
        and b.title
    )


def facts_of(standard, reviews, known, application_date):
    subjects = [s.id for e in standard.all_elements() for s in e.subjects] + [
        s.id for x in standard.exams for s in x.subjects
    ]
    scores = {}
    conflicts = []
    for s in subjects:
        vals = ([known.scores[s]] if s in known.scores else []) + [
            r.answers.scores[s] for r in reviews if r.answers.scores.get(s) is not None
        ]
        d = sorted(set(vals))
        if s in known.settled:
            scores[s] = known.settled[s]
            continue
        if len(d) > 1:
            conflicts.append(ScoreConflict(subject=s, scores=tuple(d)))
        scores[s] = vals[0] if vals else None
    cases = list(dict.fromkeys(c for r in reviews for c in r.answers.cases))
    same = {frozenset(p) for p in known.same}
    dist = {frozenset(p) for p in known.distinct}
    twins = []
    drop = set()
    for i, a in enumerate(cases):
        for b in cases[i + 1 :]:
            if frozenset((a, b)) in same:
                drop.add(b)
            elif frozenset((a, b)) not in dist and likely_twins(a, b):
                twins.append((a, b))
                drop.add(b)
    return Facts(
        scores=scores, cases=tuple(c for c in cases if c not in drop), conflicts=tuple(conflicts), twins=tuple(twins)
    )
