"""A client of yente's API in the manner of public ones: plain requests, and the members that they read.

Usage: yente_client.py BASE_URL, with the key in OPENSANCTIONS_API_KEY. Nothing in it knows of Entente.
"""
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

BASE = sys.argv[1]
HEADERS = {"Authorization": "ApiKey " + os.environ["OPENSANCTIONS_API_KEY"], "Content-Type": "application/json", "Accept": "application/json"}


def call(path, params=None, body=None):
    url = BASE + path + ("?" + urllib.parse.urlencode(params, doseq=True) if params else "")
    data = json.dumps(body).encode() if body is not None else None
    with urllib.request.urlopen(urllib.request.Request(url, data=data, headers=HEADERS), timeout=30) as response:
        return json.load(response)


def fails(status, *args, **kwargs):
    try:
        call(*args, **kwargs)
    except urllib.error.HTTPError as error:
        assert error.code == status, error.code
        assert isinstance(json.load(error)["detail"], str)
        return
    raise AssertionError("it should have failed")


batch = {
    "queries": {
        "q1": {"schema": "Person", "properties": {"name": ["Tarek Kadiri", "Кадири Тарик"], "birthDate": ["1971"]}},
        "q2": {"schema": "Company", "properties": {"name": ["Stroygazprobka Nowhere"], "jurisdiction": ["Russia"]}},
    }
}
answer = call("/match/sanctions", {"limit": 5, "threshold": 0.7, "algorithm": "best", "topics": [], "exclude_schema": ["Vessel"]}, batch)
responses = answer["responses"]
for key in ("q1", "q2"):
    assert responses[key]["status"] == 200
    assert isinstance(responses[key]["total"]["value"], int)
    for result in responses[key]["results"]:
        assert isinstance(result["id"], str) and isinstance(result["caption"], str) and isinstance(result["schema"], str)
        assert 0 <= result["score"] <= 1 and isinstance(result["match"], bool)
        assert all(isinstance(value, float) or isinstance(value, int) for value in result["features"].values())
        assert isinstance(result["datasets"], list) and isinstance(result["properties"]["name"][0], str)
        result["properties"].get("topics", [])
assert responses["q2"]["query"]["properties"]["jurisdiction"] == ["ru"]
best = max(responses["q1"]["results"], key=lambda result: result["score"])
assert best["match"], best

found = call("/search/default", {"q": "tarek kadiri", "schema": "Thing", "limit": 10, "offset": 0, "fuzzy": False, "facets": ["countries", "topics"]})
assert found["results"][0]["id"] == best["id"] and found["total"]["value"] > 0 and found["limit"] == 10
assert isinstance(found["facets"]["countries"]["values"], list)

entity = call("/entities/" + best["id"], {"nested": True})
assert entity["id"] == best["id"]
around = call("/entities/" + best["id"] + "/adjacent", {"limit": 10, "offset": 0})
assert around["entity"]["id"] == best["id"] and isinstance(around["adjacent"], dict)

catalog = call("/catalog")
assert [dataset["name"] for dataset in catalog["datasets"]] and isinstance(catalog["index_stale"], bool)
algorithms = call("/algorithms")
assert algorithms["default"] in [algorithm["name"] for algorithm in algorithms["algorithms"]]
assert call("/healthz")["status"] == "ok" and call("/readyz")["status"] == "ok"

fails(404, "/entities/banana")
fails(404, "/match/unknown_dataset", body=batch)
fails(400, "/match/default", body={"queries": {}})
fails(400, "/search/default", {"schema": "Banana"})
print("all well")
