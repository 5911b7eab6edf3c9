"""`_headers`, for hosts that take a folder: Cloudflare Pages, Netlify, and `invoke serve`."""

from __future__ import annotations

from kantor.hosting.rules import POLICY, Rules


def headers_file(rules: Rules) -> str:
    """Write the headers of all addresses.

    Hosts join what several rules say of one header, and two policies hold both; so a page with its
    own policy first takes off the usual one ("!": Cloudflare Pages, "Headers", looked up
    2026-11-24). A host that does not know "!" keeps the stricter of both.
    """
    lines = ["/*", *(f"  {name}: {value}" for name, value in rules.everywhere.items())]
    for path, policy in rules.policies.items():
        lines += [path, f"  ! {POLICY}", f"  {POLICY}: {policy}"]
    for path, rule in rules.caching.items():
        lines += [path, f"  Cache-Control: {rule}"]
    return "\n".join(lines) + "\n"
