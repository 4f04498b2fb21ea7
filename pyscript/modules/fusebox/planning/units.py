"""The meaning of a price's unit: how much of the currency per kWh one of it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

CENT = 0.01
CENTS = frozenset((
    "c", "ct", "cts", "cent", "cents", "¢", "eurocent", "eurocents", "centime", "centimes", "centimo",
    "centimos", "céntimo", "céntimos", "cêntimo", "cêntimos", "centesimi", "snt", "sentti", "senttiä", "sent",
    "senti", "öre", "øre", "ore", "oere", "aur", "eyrir", "gr", "grosz", "groszy", "p", "penny", "pence", "GBp",
    "gbx", "rp", "rappen", "hal", "haléř", "haléřů", "halier", "filler", "fillér", "bani", "ban", "lipa",
    "stotinki", "st", "para", "kuruş", "kurus",
))  # fmt: skip
"""Names of hundredths of a currency in units; GBp is the traders' sign for pence."""
WHOLE = frozenset((
    "euro", "euros", "eur", "kr", "kroner", "kronor", "krona", "krone", "kč", "zł", "ft", "forint", "lei", "лв",
    "fr",
))  # fmt: skip
"""Names of currencies other than signs such as € and codes such as EUR."""
PER_KWH: Mapping[str, float] = {"kwh": 1.0, "mwh": 0.001, "wh": 1000.0}
"""Unit of energy that a price is for -> the factor that makes it a price per kWh."""

_PER = re.compile(r"/|\bper\b")
_WORDS = re.compile(r"[^\W\d_]+|[^\s.]")
_CODE = re.compile(r"[A-Z]{3}")
_CODE_BESIDE_CENTS = re.compile(r"[A-Z]{3}(?=[a-z¢])|(?<=[a-z])[A-Z]{3}$")
"""EURct and cEUR."""


class Unit(NamedTuple):
    """The meaning of a unit."""

    factor: float
    """Multiplies a price to give the currency per kWh."""
    is_known: bool


def parse_price_unit(text: str, *, in_cents: bool = False) -> Unit:
    """Return the factor and whether it is known of a text such as ct/kWh; an unknown energy counts as kWh.

    `in_cents`: the source says elsewhere that it uses cents.
    """
    money, per = [*_PER.split(text, maxsplit=1), ""][:2]
    words = _WORDS.findall(_CODE_BESIDE_CENTS.sub(r" \g<0> ", money))
    are_cents = in_cents or any(_is_among(CENTS, word) for word in words)
    is_money = are_cents or (bool(words) and all(map(_is_money_unit, words)))
    energy = PER_KWH.get(re.sub(r"[\s·.]", "", per).casefold())
    return Unit((CENT if are_cents else 1.0) * (energy or 1.0), is_money and energy is not None)


def _is_among(names: frozenset[str], word: str) -> bool:
    """Return whether a word is among these names, in its own or lower case."""
    return word in names or word.casefold() in names


def _is_money_unit(word: str) -> bool:
    """Return whether a word names a whole unit of money: a code, a name or a currency sign."""
    return bool(_CODE.fullmatch(word)) or _is_among(WHOLE, word) or unicodedata.category(word[0]) == "Sc"
