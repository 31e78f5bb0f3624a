"""The demonstration: the main job on the bundled sample, without a network."""

from __future__ import annotations

import sys
from datetime import date
from functools import partial
from pathlib import Path

from springtide.cli.output import print_rich, progress

SUBJECT, AS_OF = "SPX", date(2018, 1, 26)


def demo(*, out: Path = Path("springtide-demo")) -> None:
    """Show it all on the bundled sample: a brief, and two articles checked.

    Fills a lake with the sample, writes the brief of the S&P 500 as of 26 January 2018 in English
    and in the Chinese of the mainland and of Hong Kong, checks an example article in English and
    in Chinese against published figures, and says where the results are. Needs no network.

    For example:

    ```console
    springtide demo --out springtide-demo
    ```

    Parameters
    ----------
    out
        The folder to write to; it is made where it does not exist.
    """
    from springtide.brief.compose import compose
    from springtide.brief.render import terminal_summary, write_brief
    from springtide.checking.check import check_file
    from springtide.checking.report import check_table, write_check
    from springtide.examples import articles
    from springtide.language.messages import LANGUAGES
    from springtide.market.ingest import load_bundled
    from springtide.market.lake import Lake
    from springtide.market.view import View
    from springtide.metrics.simulated import reporting

    lake = Lake.create(str(out / "lake"))
    with progress("Loading the sample") as report:
        load_bundled(lake, progress=report)
    with progress("Writing the brief") as report:
        report("measuring", 0, 2)
        view = View(lake, AS_OF)
        with reporting(partial(report, "testing for a bubble")):
            brief = compose(view, view.instrument(SUBJECT), LANGUAGES, exuberance=True)
        report("drawing", 1, 2)
        write_brief(brief, out / "brief", force=True)
    print_rich(terminal_summary(brief, "en"))
    for language, path in articles().items():
        checked = check_file(path, lake)
        write_check(checked, out / f"check-{language}")
        print_rich(check_table(checked))
    print(_where(out), file=sys.stderr)


def _where(out: Path) -> str:
    lake = f"--lake {out / 'lake'}"
    return f"""
The results are in {out}:
  {out / "brief.html"}             the brief, in English and Chinese, in one page
  {out / "check-en" / "check.html"}    the article with every claim marked
  {out / "check-zh-cn" / "check.html"} the same in Chinese
Try next:
  springtide outlook SPX --as-of 2018-01-26 {lake}
  springtide sql "SELECT symbol, count(*) FROM latest_bars GROUP BY symbol" {lake}"""
