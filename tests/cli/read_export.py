"""Read model.safetensors, model.npz and model.csv of this folder as a user of Python
would, and compare them with what mltui says of the same run in recommended.json and
movies.json. One argument: the user that was recommended to. Prints a line a test."""

import csv
import json
import sys

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file

failed = False


def test(holds, sentence):
    global failed
    failed |= not holds
    print("ok -" if holds else "not ok -", sentence)


def texts(tensors, name):
    """Texts are two tensors: where each begins, and the bytes, a NUL after each."""
    start, data = tensors[f"mltui.{name}_start"], tensors[f"mltui.{name}_bytes"].tobytes()
    return [data[a : b - 1].decode() for a, b in zip(start, start[1:])]


def predict(m, row):
    """Predicted stars of every film for the user of that row."""
    x = m["i_weight"] @ m["u_weight"][row] + m["i_bias"] + m["u_bias"][row]
    lo, hi = m["y_range"]
    return lo + (hi - lo) / (1 + np.exp(-x))


def agrees(predicted, rows, films):
    """Are these mltui's own predictions, film by film?"""
    return len(films) > 100 and all(
        abs(predicted[rows[film["title"]]] - film["predicted"]) < 1e-5 for film in films
    )


films = json.load(open("recommended.json"))
user = int(sys.argv[1])

tensors = load_file("model.safetensors")
with safe_open("model.safetensors", "np") as f:
    names, meta = list(f.keys()), f.metadata()
test(meta["format"] == "pt" and meta["mltui"] == "1", "metadata say whose tensors these are")
model = {name: tensors[name + ".weight"].squeeze() for name in
         ("u_weight", "i_weight", "u_bias", "i_bias")}
model["y_range"] = tensors["mltui.y_range"]
row = int(np.flatnonzero(tensors["mltui.user_id"] == user)[0])
titles = texts(tensors, "title")
rows = {title: i for i, title in enumerate(titles)}
test(agrees(predict(model, row), rows, films), "safetensors predict what mltui recommends")

z = np.load("model.npz")
row = int(np.flatnonzero(z["user_id"] == user)[0])
rows = {title: i for i, title in enumerate(z["title"])}
test(agrees(predict(z, row), rows, films), "npz predicts what mltui recommends")
test(list(z["title"]) == titles, "both have the same titles")
said = {m["title"]: m for m in json.load(open("movies.json"))}
i = [rows[title] for title in said]
test(
    [m["item"] for m in said.values()] == list(z["item_id"][i])
    and [m["ratings"] for m in said.values()] == list(z["ratings"][i]),
    "npz has the ids and the counts of mltui movies",
)
test(
    all(abs(m["mean"] - z["mean"][rows[t]]) < 1e-6 for t, m in said.items())
    and all((m["year"] or 0) == z["year"][rows[t]] for t, m in said.items()),
    "and the means and the years",
)
test(
    all(
        sorted(z["genre"][z["has_genre"][rows[t]]]) == sorted(m["genres"])
        for t, m in said.items()
    ),
    "and the genres",
)

table = list(csv.DictReader(open("model.csv", newline="")))
items = [r for r in table if r["kind"] == "item"]
factors = [f"f{f + 1}" for f in range(z["i_weight"].shape[1])]
test(
    [r["title"] for r in items] == list(z["title"][1:])
    and [int(r["id"]) for r in table if r["kind"] == "user"] == list(z["user_id"][1:]),
    "csv has the same films and users in the same order",
)
test(
    np.array_equal(np.array([[r[f] for f in factors] for r in items], "f4"), z["i_weight"][1:])
    and np.array_equal(np.array([r["bias"] for r in items], "f4"), z["i_bias"][1:]),
    "csv has the very same floats",
)
sys.exit(failed)
