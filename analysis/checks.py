"""What the commands do that tell how far a result can be trusted."""

import argparse

from analysis.commands import DONE, REFUSED, analysed, refusals, say


def validate(args: argparse.Namespace) -> int:
    """Compare a run with the gold standard, and with what coders decided."""
    from analysis.corpus.corrections import read
    from analysis.framing import against_gold
    from analysis.framing.coders import against_machine
    from analysis.framing.rectified import rectified

    result, _ = analysed(args, corrections=False)
    folder = args.corpus / "gold"
    found, polarity = against_gold.report(result, folder)
    if found["gold"].iloc[-1]:
        _table(found)
        _table(polarity)
        _table(against_gold.compare_targets(result, folder))
        _table(against_gold.find_targets(result, folder))
        _table(against_gold.compare_means(result, folder))
        _table(against_gold.compare_readers(result.articles, folder))
    else:
        _table(found[:-1])  # annotated, but in another text
        say(f"note: nobody has annotated these articles; {args.corpus}/gold holds none of them")
    if len(result.corrections):
        _table(against_machine(result.corrections))
        means = rectified(result, read(result.corpus).decisions)
        _table(means)
        if means.empty:
            say(
                "note: no random sample has been read, from which the means could be rectified;"
                ' review(…, order="random") in notebook 5 draws one'
            )
    return refusals(result.refused)


def agreement(args: argparse.Namespace) -> int:
    """Print how far the coders of a corpus agree with one another."""
    from analysis.corpus.amend import in_cast
    from analysis.corpus.articles import corpus_folder
    from analysis.corpus.cast_file import load_cast
    from analysis.corpus.corrections import read
    from analysis.framing import coders

    coded = read(corpus_folder(args.corpus))
    if len(coded.decisions):
        cast = load_cast(args.cast or args.corpus / "cast.toml")
        _table(coders.agreement(in_cast(coded.decisions, cast)))
    else:
        file = f"{args.corpus}/gold/NAME.csv"
        say(f"note: nobody has coded these articles; review(…) in notebook 5 begins {file}")
    for problem in coded.problems:
        say(f"refused: {problem}")
    return REFUSED if coded.problems else DONE


def audit(args: argparse.Namespace) -> int:
    """Score people under other names; keep which findings change their sign."""
    from analysis.audit import audit as renamed
    from analysis.audit import keep
    from analysis.corpus.articles import corpus_folder
    from analysis.framing.audit import by_actor, by_kind

    result, scorer = analysed(args, corpus_folder(args.corpus))
    said, found = renamed(result, scorer, progress=not args.quiet)
    fragile = found[found["fragile"]]
    for table in (by_kind(said), by_actor(said), fragile):
        _table(table)
    path = keep(found, scorer, args.corpus)
    tested = found["fragile"].notna().sum()
    print(f"{len(fragile)} of {tested} findings change their sign under some name: {path}")
    if untested := len(found) - tested:
        say(f"note: {untested} not tested, since their words name nobody or are not at hand")
    return refusals(result.refused)


def doctor(args: argparse.Namespace) -> int:
    """Examine what is installed, the models and the corpus; a line for each finding."""
    from analysis.doctor import examine

    well = True
    for finding in examine(args.corpus, args.cast):
        print(finding, flush=True)
        well &= finding.ok is not False
    return DONE if well else REFUSED


def _table(table) -> None:
    if table.empty:
        return
    print(table.to_string(index=False, float_format=lambda value: f"{value:.3f}"), end="\n\n")
