"""Where a ledger can lie, what is told where it cannot, and how an older one becomes a newer one."""

import runpy
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from unittest.mock import Mock

import pytest
from sqlalchemy import Connection, create_engine, inspect, text

import envgov as eg
import envgov.ledger as ledger_package
from clerks import at, enter, issue, live, opened
from envgov.ledger import Ledger, LedgerError, database, tables
from envgov.ledger.database import Database


def pragma(ledger: Ledger, name: str) -> object:
    with ledger.database.reading() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_a_file_is_durable_before_an_entry_is_acknowledged(file: Ledger) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 60_000}
    assert {name: pragma(file, name) for name in wanted} == wanted


def test_a_server_is_durable_before_an_entry_is_acknowledged(county: str) -> None:
    with opened(county) as ledger, ledger.database.reading() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"


def test_a_writer_who_waited_sees_what_was_entered_whatever_the_server_has_as_its_default(county: str) -> None:
    opened(county).close()
    default = "ALTER DATABASE postgres {} default_transaction_isolation"
    server = create_engine(county, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(default.format("SET") + " = 'serializable'"))
        try:
            with Ledger.open(county) as ledger, ledger.database.writing() as writing:
                assert writing.execute(text("SHOW transaction_isolation")).scalar_one() == "read committed"
        finally:
            connection.execute(text(default.format("RESET")))
    server.dispose()


@pytest.mark.parametrize("address", ["{}", "sqlite:///{}"])
def test_a_file_is_named_by_its_path_or_its_address(tmp_path: Path, address: str) -> None:
    place = address.format(tmp_path / "ledger.db")
    opened(place).close()
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        assert ledger.verify().sound == 1


def test_the_short_address_of_postgresql_means_its_driver(county: str) -> None:
    opened(county).close()
    with Ledger.open(county.replace("+psycopg", "")) as ledger:
        assert ledger.database.engine.driver == "psycopg"


def test_a_ledger_is_created_once(place: str) -> None:
    opened(place).close()
    with pytest.raises(LedgerError, match="there is a ledger already; open it, or name another place"):
        Ledger.create(place)


def test_a_place_without_a_name_is_no_place_to_keep_anything() -> None:
    with pytest.raises(LedgerError, match="no file is named"):
        Ledger.create("")


def test_no_ledger_is_made_among_tables_of_others(place: str) -> None:
    engine = Database(place).engine
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE head (seq INTEGER, hash TEXT)"))
    with pytest.raises(LedgerError, match=r"there are tables of others \(head\); name a database of the ledger's own"):
        Ledger.create(place)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT * FROM head")).all() == []
        assert not inspect(connection).has_table("entries")
    engine.dispose()


def test_a_path_that_has_no_file_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match=r"typo\.db: there is no such file; create the ledger, or correct the path"):
        Ledger.open(tmp_path / "typo.db")
    assert not list(tmp_path.iterdir())


def test_a_database_without_a_ledger_is_told(county: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE something (x)")
    for place in (county, tmp_path / "other.db"):
        with pytest.raises(LedgerError, match="this database holds no ledger; create one, or name another place"):
            Ledger.open(place)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_text("issue,place\n" * 100, encoding="utf-8")
    with pytest.raises(
        LedgerError, match=r"could not be read \(file is not a database\); see that .* restore its backup"
    ):
        Ledger.open(tmp_path / "ledger.db")


def test_a_server_that_does_not_answer_is_told_without_the_password(county: str) -> None:
    port = int(county.rpartition(":")[2].partition("/")[0])
    away = county.replace(f":{port}", ":1").replace("clerk@", "clerk:secret@")
    with pytest.raises(LedgerError, match="could not be read") as found:
        Ledger.open(away)
    assert "secret" not in str(found.value)
    assert "clerk:***@" in str(found.value)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("mysql://host/x", "a ledger cannot lie in mysql; write the path of a file, sqlite:///path, or postgresql://"),
        ("://", "'://' is no address of a database; write the path of a file"),
        (":memory:", "could not be|no such file"),
        ("", "no file is named; write the path of a file"),
        ("sqlite://", "no file is named; write the path of a file"),
    ],
)
def test_other_places_are_refused(address: str, told: str) -> None:
    with pytest.raises(LedgerError, match=told):
        Ledger.open(address)


def test_a_ledger_in_memory_is_for_trying_out(tmp_path: Path) -> None:
    with opened(":memory:") as ledger:
        ledger.record("W1", issue("W1"), by="张会计", at=at(1), key="k", reporter="李某")
        ledger.erase_reporter("W1", by="张会计", at=at(2), key="erased")
        assert ledger.issue("W1") == issue("W1")
        assert ledger.reporter("W1") is None
        ledger.backup(tmp_path / "kept.db")
    with Ledger.open(tmp_path / "kept.db") as kept:
        assert kept.issue("W1") == issue("W1")


def test_a_ledger_in_memory_is_gone_when_it_is_closed() -> None:
    with opened(":memory:"):
        pass
    with opened(":memory:") as another:
        assert another.issues() == ()


def test_a_place_where_no_log_can_be_kept_is_refused() -> None:
    connection = Mock(execute=Mock(return_value=Mock(fetchone=Mock(return_value=["delete"]))))
    with pytest.raises(LedgerError, match=r"no log can be kept beside this database \(it says 'delete'\); name a file"):
        database._set_up_sqlite(connection, None)


# -- schemas
def add_a_column(connection: Connection) -> None:
    connection.execute(text("ALTER TABLE refusals ADD COLUMN seen TEXT"))


def test_an_older_ledger_is_brought_to_the_newer_schema(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(place) as ledger:
        live(ledger, "W1")
        head = ledger.head
    monkeypatch.setattr(tables, "SCHEMA", 2)
    monkeypatch.setattr(tables, "MIGRATIONS", (add_a_column,))
    for _ in range(2):  # the second finds it done
        with Ledger.open(place) as ledger, ledger.database.reading() as connection:
            assert connection.execute(text("SELECT schema FROM meta")).scalar_one() == 2
            assert connection.execute(text("SELECT seen FROM refusals")).all() == []
            assert ledger.verify(head)


def test_a_migration_that_fails_changes_nothing(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(connection: Connection) -> None:
        add_a_column(connection)
        connection.execute(text("ALTER TABLE nothing ADD COLUMN seen TEXT"))

    opened(place).close()
    with monkeypatch.context() as patch:
        patch.setattr(tables, "SCHEMA", 2)
        patch.setattr(tables, "MIGRATIONS", (fail,))
        with pytest.raises(LedgerError, match="could not be written, and nothing of it was"):
            Ledger.open(place)
    with Ledger.open(place) as ledger:
        assert ledger.refusals() == ()
        enter(ledger, "W1", issue("W1"))


def test_a_ledger_of_a_newer_envgov_is_left_alone(place: str) -> None:
    with opened(place) as ledger, ledger.database.writing() as connection:
        connection.execute(text("UPDATE meta SET schema = 9"))
    with pytest.raises(
        LedgerError, match="the ledger has schema 9, and this envgov knows schemas up to 1; install a newer"
    ):
        Ledger.open(place)


def test_of_several_who_open_an_older_ledger_one_brings_it_to_the_newer_schema(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add_slowly(connection: Connection) -> None:
        time.sleep(0.2)
        add_a_column(connection)

    opened(place).close()
    monkeypatch.setattr(tables, "SCHEMA", 2)
    monkeypatch.setattr(tables, "MIGRATIONS", (add_slowly,))
    with ThreadPoolExecutor(3) as pool:
        for ledger in pool.map(Ledger.open, [place] * 3):
            assert ledger.head is not None
            ledger.close()


# -- extras
def said_without(module: str, code: str) -> str:
    blocked = f"import sys; sys.modules[{module!r}] = None; {code}"
    ran = subprocess.run([sys.executable, "-c", blocked], capture_output=True, text=True, check=False)
    return ran.stderr.strip().splitlines()[-1]


def test_a_missing_sqlalchemy_says_which_extra_to_install() -> None:
    said = said_without("sqlalchemy", "import envgov.ledger")
    assert said == "ModuleNotFoundError: the ledger needs its extra: python3 -m pip install 'envgov[ledger]'"


def test_a_missing_driver_says_which_extra_to_install() -> None:
    said = said_without("psycopg", "from envgov.ledger import Ledger; Ledger.open('postgresql://host/x')")
    assert said == "ModuleNotFoundError: PostgreSQL needs its extra: python3 -m pip install 'envgov[postgres]'"


def test_what_is_missing_is_told_in_the_same_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'envgov\[postgres\]'"):
        Ledger.open("postgresql://host/x")
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'envgov\[ledger\]'"):
        runpy.run_path(str(ledger_package.__file__))


def test_importing_envgov_loads_no_sqlalchemy() -> None:
    code = "import sys, envgov; envgov.assess; print({'sqlalchemy', 'psycopg', 'envgov.ledger'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"


def test_another_ledger_in_one_program_has_its_own_rules(tmp_path: Path) -> None:
    refused = pytest.raises(eg.RefusedError, match="the ledger has no rules")
    with opened(tmp_path / "a.db"), Ledger.create(tmp_path / "b.db") as other, refused:
        enter(other, "W1", issue("W1"))
