"""Mistakes that a type checker must find, each on a line that ends in `# mistake`; test_typing.py checks them."""

import koophone


def blocking(client: koophone.Client, ids: list[str]) -> None:
    """Misuses the blocking client."""
    client.list_instances("a44uhlf7")  # mistake
    client.list_instances(page_size="many")  # mistake
    client.prepare_instances(ids)  # mistake
    client.prepare_instances(ids, user_id=1008600000104285462)  # mistake
    client.reset_instances([1, 2, 3])  # mistake
    client.reset_instances(None)  # mistake
    client.delete_instance(ids)  # mistake
    client.with_options(colour="red")  # mistake
    client.prepare_and_wait(ids, user_id="u", on_progress=print_elapsed)  # mistake
    count: int = client.delete_instances(ids)  # mistake
    phone = client.get_instance("a44uhlf7")
    phone.instance_id = "b55vimg8"  # mistake
    print(count, phone.no_such_field)  # mistake


async def awaited(client: koophone.AsyncClient, ids: list[str]) -> None:
    """Misuses the client for asyncio."""
    client.reset_instances(ids).raise_for_failures()  # mistake
    for phone in client.list_instances():  # mistake
        print(phone)
    await client.list_instances()  # mistake
    report: koophone.PrepareReport = client.wait_until_ready(ids, user_id="u")  # mistake
    with client:  # mistake
        print(report)


async def crossed(client: koophone.Client, ids: list[str]) -> None:
    """Takes one client for the other."""
    await client.reset_instances(ids)  # mistake
    async for phone in client.list_instances():  # mistake
        print(phone)


def constructed() -> None:
    """Constructs what cannot be."""
    koophone.Client(timeout="soon")  # mistake
    koophone.Client("token", "http://localhost:8000")  # mistake
    koophone.Client(tokn="token")  # mistake


def print_elapsed(seconds: float) -> None:
    """Is no listener: a wait reports its whole progress."""
    print(seconds)
