"""Addresses of Elasticsearch: a login never stands where it could be printed."""

import asyncio
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexing.elastic import Address, Elastic
from indexing.errors import SearchUnreachableError


@pytest.mark.parametrize(
    ("urls", "hosts", "login"),
    [
        ("http://127.0.0.1:9200", ("http://127.0.0.1:9200",), (None, None)),
        ("http://ana:s3cret@es:9200", ("http://es:9200",), ("ana", "s3cret")),
        ("https://ana:a%40b@es:9200, https://es2:9200", ("https://es:9200", "https://es2:9200"), ("ana", "a@b")),
        ("http://[::1]:9200", ("http://[::1]:9200",), (None, None)),
    ],
)
def test_an_address_is_read(urls: str, hosts: tuple[str, ...], login: tuple[str | None, str | None]) -> None:
    address = Address.read(urls)
    assert (address.hosts, (address.user, address.password)) == (hosts, login)


@given(user=st.text(min_size=1), password=st.text())
def test_any_login_survives_and_is_in_no_host(user: str, password: str) -> None:
    address = Address.read(f"http://{quote(user, safe='')}:{quote(password, safe='')}@es:9200")
    assert (address.hosts, address.user, address.password) == (("http://es:9200",), user, password)


def test_no_error_and_no_print_holds_the_password() -> None:
    """Found by hand: the error of an unreachable server printed the whole URL."""
    for urls in ("http://ana:s3cret@127.0.0.1:9", "ana:s3cret@127.0.0.1"):
        assert "s3cret" not in repr(Address.read(urls))

        async def ask(urls: str = urls) -> None:
            async with Elastic(Address.read(urls)) as elastic:
                await elastic.expect("GET", "/")

        with pytest.raises(SearchUnreachableError) as caught:
            asyncio.run(ask())
        assert "s3cret" not in str(caught.value)
