"""Asks `morgue mcp` and `/mcp` with the reference client of the protocol (PyPI: mcp), which checks every answer against the
schema that its tool has declared.

    client.py MORGUE INDEX    where INDEX is the index of sample-corpus
"""

import asyncio
import json
import re
import subprocess
import sys

from mcp import Client, StdioServerParameters

TOOLS = {"search", "read", "verify_quote", "timeline", "facets", "explain", "status"}


async def call(client, tool, **arguments):
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content[0].text
    assert json.loads(result.content[0].text) == result.structured_content
    return result.structured_content


async def ask(client):
    listed = await client.list_tools()
    assert {tool.name for tool in listed.tools} == TOOLS, listed

    found = await call(client, "search", query='"prisoner swap"', limit=2)
    assert found["total"] == 4 and len(found["hits"]) == 2, found
    for passage in (passage for hit in found["hits"] for passage in hit["passages"]):
        read = await call(
            client, "read", id=passage["id"], field=passage["field"], start=passage["start"],
            length=passage["end"] - passage["start"], exactly=True,
        )
        assert read["passage"]["hash"] == passage["hash"]
        assert re.sub(r"\s", " ", read["passage"]["text"]) == passage["text"]

    quote = found["hits"][0]["passages"][-1]["text"]
    exact = await call(client, "verify_quote", quote=quote)
    assert exact["verdict"] == "exact" and exact["passage"]["text"] == quote, exact
    altered = await call(client, "verify_quote", quote=quote.replace("one suitcase", "two suitcases"))
    assert altered["verdict"] == "altered" and {"only": "quoted", "text": "two suitcases"} in altered["difference"], altered
    absent = await call(client, "verify_quote", quote="We never saw a single whale in the whole of that winter")
    assert absent["verdict"] == "absent" and "passage" not in absent, absent

    years = await call(client, "timeline", query="strike", unit="year")
    assert sum(row["count"] for row in years["rows"]) + years.get("undated", 0) == years["total"], years
    facets = await call(client, "facets", by=["source", "language"])
    assert [facet["by"] for facet in facets["facets"]] == ["source", "language"], facets
    explained = await call(client, "explain", query="strike NOT lightning")
    assert explained["parts"][0]["articles"] > 0, explained
    assert (await call(client, "status"))["articles"] == facets["total"]

    wrong = await client.call_tool("search", {"query": "headlin:oil"})
    assert wrong.is_error and "did you mean `headline:`?" in wrong.content[0].text, wrong
    resource = await client.read_resource("morgue://article/HC%2D0005")
    assert json.loads(resource.contents[0].text)["id"] == "HC-0005"


async def main(morgue, index):
    program = StdioServerParameters(command=morgue, args=["mcp", "--quiet", "--index", index])
    async with Client(program) as client:
        await ask(client)
        print("stdio: protocol", client.protocol_version)

    command = [morgue, "serve", "--port", "0", "--index", index]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://\S+", server.stderr.readline()).group()
        async with Client(f"{address}/mcp") as client:
            await ask(client)
            print("http: protocol", client.protocol_version)
        # As clients of the years before ask, with a handshake.
        async with Client(f"{address}/mcp", mode="legacy") as client:
            await ask(client)
            print("http, with a handshake: protocol", client.protocol_version)
    finally:
        server.terminate()
        server.wait(timeout=10)


asyncio.run(main(*sys.argv[1:]))
