"""`puente publish`: files of an agency to its intake topic."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from deploy.publishing import PublishSummary

__all__ = ["register"]

_SHOWN = 20


def publish(
    files: Annotated[list[Path], typer.Argument(help="NDJSON events, or CSV (.zip, .gz, .xz) or XLSX with --mapping.")],
    agency: Annotated[
        str | None, typer.Option(help="Who publishes; NDJSON lines may name their own agency instead.")
    ] = None,
    mapping: Annotated[
        str | None, typer.Option(help="Mapping file (YAML), or a shipped one: cbp_drugs, cbp_weapons.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Dry run: check everything, publish nothing.")] = False,
    refusals: Annotated[
        Path | None, typer.Option(help="Write refused rows and the reasons to this CSV, ready for repair.")
    ] = None,
    revision: Annotated[
        int | None, typer.Option(min=0, help="Revision of all events, instead of the mapping's.")
    ] = None,
    kafka: Annotated[
        str | None, typer.Option(help="Brokers, host:port[,host:port]; default: PUENTE_KAFKA or puente up.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
) -> None:
    """Publish files of events or tables; exits with 1 if any row was refused.

    Files of one mapping that overlap (vintages) belong in one command: rounding is then no revision.

    \b
    Example:
      puente publish seizures.csv --agency cbp --mapping cbp_weapons --check --refusals repair.csv
      puente publish seizures.csv --agency cbp --mapping cbp_weapons
      puente publish events.ndjson --agency cbp
    """
    import orjson
    from rich.console import Console

    from deploy import settings
    from deploy.publishing import publish_files

    # kafka-python reports every lost connection to the log; what a person needs to know comes as an error.
    logging.getLogger("kafka").setLevel(logging.CRITICAL)
    console = Console(stderr=True)
    summary = publish_files(
        files,
        brokers=None if check else settings.resolve_kafka(kafka),
        agency=agency,
        mapping=mapping,
        topics=settings.resolve_topics(),
        revision=revision,
        refusals_to=refusals,
        console=console,
    )
    _print_summary(summary, console, check=check, refusals=refusals)
    if as_json:
        typer.echo(orjson.dumps(summary.to_json()).decode())
    raise typer.Exit(1 if summary.refused else 0)


def _print_summary(summary: "PublishSummary", console: "Console", *, check: bool, refusals: Path | None) -> None:
    for row in summary.refusals[:_SHOWN]:
        reasons = " ".join(reason.en for reason in row.reasons)
        console.print(f"{row.source}:{row.line}: {reasons}", markup=False, highlight=False, soft_wrap=True)
    if summary.refused > _SHOWN:
        where = f"all are in {refusals}" if refusals else "write all of them to a file with --refusals"
        console.print(f"... and {summary.refused - _SHOWN:,} more; {where}.", markup=False, soft_wrap=True)
    _print_splits(summary, console)
    done = "events are ready to publish" if check else "events published"
    speed = "" if check else f" ({summary.events_per_second:,.0f} a second)"
    console.print(f"{summary.published:,} {done}{speed}, {summary.refused:,} rows refused.", highlight=False)
    if summary.refused and len(summary.revisions) > 0:
        console.print(
            f"Publish the repaired rows with --revision {max(summary.revisions)}: alone they would look like an older "
            "file.",
            soft_wrap=True,
        )


def _print_splits(summary: "PublishSummary", console: "Console") -> None:
    import orjson

    for split in summary.splits:
        console.print(
            f"{split.source}: the rows of {split.key} (lines {', '.join(map(str, split.lines))}) disagree in "
            f"{', '.join(split.columns)} and make {len(split.report_ids)} reports: {', '.join(split.report_ids)}.",
            markup=False,
            highlight=False,
            soft_wrap=True,
        )
    if not summary.splits:
        return
    retraction: dict[str, object] = {
        "report_id": summary.splits[0].report_id,
        "retraction": {"reason": "published in parts"},
    }
    if summary.revisions:
        retraction["revision"] = max(summary.revisions)
    line = orjson.dumps({"type": summary.splits[0].event_type, "event": retraction}).decode()
    console.print(
        "If an earlier file published such a group whole, retract its plain id: publish a file .ndjson with lines like "
        f"{line}. If another file gives it whole later, retract the parts in the same way, at that file's revision; "
        "repeat the handling of the report.",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )


def register(app: typer.Typer) -> None:
    """Add `publish` to the command line."""
    app.command()(publish)
