"""A report of links as text, JSON, JUnit XML, SARIF, or annotations on GitHub."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from lxml import etree

from macros.links.findings import Finding, Severity

RULES = MappingProxyType(
    {
        "address": "An address within the site leads to a file that is there.",
        "anchor": "An anchor leads to an id of the page.",
        "crawl": "Every page answers over HTTP (LinkChecker).",
        "edition": "An edition that is named is there.",
        "empty": "A link has an address.",
        "id": "An id that is named is on the same page.",
        "outside": "An address of another site is https, public and without a user name.",
        "page": "A page is sound by itself: each id once, links with words.",
        "redirect": "A link leads to the place itself, not to a page that leads on.",
        "search": "An edition has the files of its search.",
        "text": "The words to which a text fragment points are on the page.",
        "whole": "Machines are given whole addresses.",
    }
)


def as_text(findings: Sequence[Finding]) -> str:
    """Returns one finding below the other, errors first, with the place that shows it and how to mend it."""
    lines: list[str] = []
    for one in findings:
        says = f" ({one.origin.says})" if one.origin and one.origin.says else ""
        lines.append(f"{one.path}:{one.line}: {one.severity}{says}: {one.words}")
        if one.origin:
            lines.append(f"    on: {one.seen_on}")
        elif one.others:
            lines.append(f"    and on {len(one.others)} more")
        lines += [f"    hint: {one.hint}"] if one.hint else []
    return "\n".join(lines)


def as_json(findings: Sequence[Finding]) -> str:
    """Returns a list of findings as plain values."""
    plain = [
        {
            "rule": one.rule,
            "severity": one.severity.value,
            "message": one.message,
            "hint": one.hint,
            "path": one.path,
            "line": one.line,
            "source_known": bool(one.origin and one.origin.line),
            "attribute": one.shown.attribute,
            "value": one.shown.value,
            "target": one.target,
            "shown": [{"place": shown.place, "line": shown.line} for shown in (one.shown, *one.others)],
        }
        for one in findings
    ]
    return json.dumps(plain, ensure_ascii=False, indent=1)


def as_junit(findings: Sequence[Finding]) -> str:
    """Returns JUnit XML: a case for each rule that holds, and one for each finding."""
    broken = {one.rule for one in findings if one.severity is Severity.error}
    failures = sum(one.severity is Severity.error for one in findings)
    suite = etree.Element("testsuite", name="links", failures=str(failures), errors="0", skipped="0")
    for rule in sorted(set(RULES) - broken):
        etree.SubElement(suite, "testcase", classname="links", name=RULES[rule])
    for one in findings:
        case = etree.SubElement(
            suite, "testcase", classname=f"links.{one.rule}", name=f"{one.path}:{one.line}", file=one.path
        )
        tag = "failure" if one.severity is Severity.error else "system-out"
        note = etree.SubElement(case, tag)
        if tag == "failure":
            note.set("message", _clean(one.words))
        note.text = _clean(f"{one.words}\non: {one.seen_on}\n{one.hint}")
    suite.set("tests", str(len(suite)))
    return etree.tostring(suite, xml_declaration=True, encoding="UTF-8", pretty_print=True).decode()


def _clean(text: str) -> str:
    """Returns text without the signs that XML cannot hold."""
    return "".join(one for one in text if one >= " " or one in "\n\t")


def as_sarif(findings: Sequence[Finding]) -> str:
    """Returns SARIF 2.1.0, as code hosts read it."""
    results = [
        {
            "ruleId": one.rule,
            "level": one.severity.value,
            "message": {"text": f"{one.words} (on {one.seen_on})" + (f". {one.hint}" if one.hint else "")},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": one.path, "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": one.line},
                    }
                }
            ],
        }
        for one in findings
    ]
    rules = [{"id": name, "shortDescription": {"text": says}} for name, says in RULES.items()]
    tool = {"driver": {"name": "links", "rules": rules}}
    run: dict[str, object] = {"tool": tool, "results": results, "columnKind": "unicodeCodePoints"}
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=1)


def as_github(findings: Sequence[Finding]) -> str:
    """Returns workflow commands, which GitHub shows beside the line."""
    return "\n".join(
        f"::{one.severity} file={_escape(one.path, ':,')},line={one.line},title=links/{one.rule}"
        f"::{_escape(f'{one.words} (on {one.seen_on})' + (f'. {one.hint}' if one.hint else ''))}"
        for one in findings
    )


def _escape(text: str, more: str = "") -> str:
    for sign in ("%", "\r", "\n", *more):
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


FORMATS: Mapping[str, Callable[[Sequence[Finding]], str]] = MappingProxyType(
    {"text": as_text, "json": as_json, "junit": as_junit, "sarif": as_sarif, "github": as_github}
)
