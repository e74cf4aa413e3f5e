"""The ids of what a build refuses in an issue, so that ``rasad check`` tells each as a finding."""

from __future__ import annotations

from typing import Final

FALLBACK: Final = "build-refused"

IDS: Final = {
    "manuscript-front": "structure",
    "manuscript-mark": "structure",
    "manuscript-heading": "structure",
    "desk-file": "structure",
    FALLBACK: "structure",
    "claim-id": "claims",
    "claim-evidence": "claims",
    "claim-source": "claims",
    "claim-finding": "claims",
    "claim-deadline": "claims",
    "claim-unsound": "claims",
    "claim-likelihood": "likelihood",
    "actor-unknown": "names",
    "figure-typed": "figures",
    "figure-measure": "figures",
    "edition-untranslated": "editions",
    "edition-marks": "editions",
}
"""Every such rule with its family."""
