"""What linear SVMs on tf-idf reach on the trials of run.mjs, which has put them into a
file. Beside the saved papers they are given 500 others, taken as papers not wanted."""

import json
import sys

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

given = json.load(open(sys.argv[1], encoding="utf-8"))
first = given["first"]
paths = list(given["texts"])
places = {path: place for place, path in enumerate(paths)}
vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2)
matrix = vectors.fit_transform(given["texts"][path] for path in paths)
rows = {}
for trial in given["trials"]:
    of = rows.setdefault(trial["kind"], {})
    add = lambda name, share: of.setdefault(name, []).append(share)
    truth = np.array(trial["truth"])
    day, saved, rest = ([places[path] for path in trial[part]] for part in ("day", "saved", "rest"))
    add("by chance", truth.mean())
    for strictness in (0.1, 1, 10):
        svm = LinearSVC(C=strictness, class_weight="balanced")
        svm.fit(matrix[saved + rest], [1] * len(saved) + [0] * len(rest))
        best = np.argsort(-svm.decision_function(matrix[day]), kind="stable")[:first]
        add(f"linear SVM on tf-idf, C = {strictness}", truth[best].mean())
    add("For you, meaning alone", trial["meaning"])
    add("For you", trial["ours"])
for kind, of in rows.items():
    print(f"  {kind}, {len(next(iter(of.values())))} readers: precision of the first {first}")
    for name, shares in of.items():
        error = np.std(shares) / np.sqrt(len(shares))
        print(f"    {name:32} {np.mean(shares):.3f} ± {error:.3f}")
