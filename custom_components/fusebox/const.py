"""Names and times of the integration."""

from __future__ import annotations

from pathlib import Path

DOMAIN = "fusebox"
PYSCRIPT = "pyscript"
OLDEST_PYSCRIPT = "1.7.0"
SITE = "sensor.fusebox_site"
HELP = "https://github.com/fusebox-home/fusebox/blob/main/docs/troubleshooting.md"

START_S = 90.0
"""How long new scripts may take until they report [s]: on a busy Raspberry Pi a reload takes half a minute."""
LOOK_S = 0.5
"""How often that is looked at [s]."""
REFUSAL_S = 12.0
"""How long a changed CONFIG is watched for a refusal [s]: the scripts look for changes every two seconds."""

CARD = "fusebox-card.js"
CARD_URL = "/fusebox_card"

_HERE = Path(__file__).resolve().parent
_REPOSITORY = _HERE.parents[1]
RELEASED = _HERE / "files"
"""What `make release` puts into this folder; a checkout has it elsewhere."""
IS_RELEASE = RELEASED.is_dir()
SCRIPTS_FOLDER = RELEASED / "pyscript" if IS_RELEASE else _REPOSITORY / "pyscript"
CARD_FOLDER = RELEASED / "www" if IS_RELEASE else _REPOSITORY / "www"
WORDS_FOLDER = RELEASED / "words" if IS_RELEASE else _REPOSITORY / "card" / "src" / "words"
RELEASED_FILES = _HERE / "files.json"
"""Path below files/ -> SHA-256 of each file of a release."""
MISTAKES_FOLDER = _HERE / "mistakes"
"""The sentences about CONFIG, which the card does not show."""
IS_COMPLETE = IS_RELEASE or (_REPOSITORY / "pyproject.toml").is_file()
"""False for a folder that somebody copied out of a checkout."""
