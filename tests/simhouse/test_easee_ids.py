"""`easee-ids` gives what CONFIG needs, and keeps what is private."""

from __future__ import annotations

import pytest

from simhouse.cli.easee_ids import main
from simhouse.devices.easee_cloud import EaseeCharger, EaseeCloud
from simhouse.devices.in_thread import DeviceThread


def asked(tmp_path, cloud: EaseeCloud, password: str) -> int:
    secrets = tmp_path / "secrets.yaml"
    secrets.write_text(f"easee_user: {cloud.username}\neasee_password: {password}\n", encoding="utf-8")
    cloud.advance(4_000_000_000)
    with DeviceThread() as devices:
        devices.run(cloud)
        return main(["--secrets", str(secrets), "--base-url", cloud.url])


def test_every_charger_is_listed_with_its_site_and_circuit(tmp_path, capsys):
    cloud = EaseeCloud(chargers=[EaseeCharger("EH000001"), EaseeCharger("EH000002")])
    assert asked(tmp_path, cloud, cloud.password) == 0
    assert capsys.readouterr().out.splitlines() == [
        f'"type": "easee", "charger": "{serial}", "site": 1, "circuit_id": 2,  # Home'
        for serial in ("EH000001", "EH000002")
    ]


def test_a_wrong_password_is_a_sentence_without_it(tmp_path, capsys):
    assert asked(tmp_path, EaseeCloud(), "wrong horse") == 2
    told = capsys.readouterr()
    assert "refuses the user name or the password" in told.err
    assert "wrong horse" not in told.err + told.out


def test_a_line_that_the_secrets_lack_is_the_one_to_write(tmp_path, capsys):
    secrets = tmp_path / "secrets.yaml"
    secrets.write_text("easee_user: me\n", encoding="utf-8")
    assert main(["--secrets", str(secrets)]) == 2
    assert "has no easee_password. Remedy: write 'easee_password: ...' into it." in capsys.readouterr().err


def test_an_account_without_a_charger_has_its_remedy(tmp_path, capsys, monkeypatch):
    cloud = EaseeCloud()
    monkeypatch.setattr(EaseeCloud, "_answer", with_products([], EaseeCloud._answer))
    assert asked(tmp_path, cloud, cloud.password) == 1
    assert "add the charger" in capsys.readouterr().err


@pytest.mark.parametrize("products", [None, [1], {"error": "maintenance"}])
def test_an_answer_that_is_no_list_of_sites_is_not_taken_for_an_empty_account(tmp_path, capsys, monkeypatch, products):
    cloud = EaseeCloud()
    monkeypatch.setattr(EaseeCloud, "_answer", with_products(products, EaseeCloud._answer))
    assert asked(tmp_path, cloud, cloud.password) == 2
    assert "try later" in capsys.readouterr().err


def with_products(products, answer):
    def instead(self, method, path, body, bearer):
        return (200, products) if path.endswith("products") else answer(self, method, path, body, bearer)

    return instead


@pytest.mark.parametrize("text", ["", "easee_user: me\n"])
def test_incomplete_secrets_are_reported_before_any_request(tmp_path, capsys, text):
    (tmp_path / "secrets.yaml").write_text(text, encoding="utf-8")
    assert main(["--secrets", str(tmp_path / "secrets.yaml")]) == 2
    assert "easee_password" in capsys.readouterr().err


def test_without_a_terminal_for_the_prompt_it_reports_so(capsys, monkeypatch):
    def no_answer(_question):
        raise EOFError

    monkeypatch.setattr("builtins.input", no_answer)
    assert main([]) == 2
    assert "--secrets" in capsys.readouterr().err
