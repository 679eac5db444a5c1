"""Compares the map with that of umap-learn on the same vectors.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install umap-learn numpy
    cargo bench --bench map -- 12157 /tmp/map
    /tmp/venv/bin/python benches/map/compare.py /tmp/map

Trustworthiness as scikit-learn defines it, and neighbour recall: which part of a paper's
fifteen nearest by the vectors is among its fifteen nearest on the map. Both over two
thousand papers, each compared with all others.
"""

import resource
import sys
import time

import numpy as np

NEIGHBOURS = 15
SAMPLE = 2000
BLOCK = 250


def measure(vectors, places):
    """Trustworthiness and recall of some places."""
    count = len(vectors)
    sample = np.arange(count)
    if count > SAMPLE:
        sample = np.sort(np.random.default_rng(0).choice(count, SAMPLE, replace=False))
    squares = (places**2).sum(1)
    strangers, kept = 0.0, 0.0
    for start in range(0, len(sample), BLOCK):
        own = sample[start : start + BLOCK]
        rows = np.arange(len(own))
        far = -(vectors[own] @ vectors.T)
        far[rows, own] = -np.inf
        order = np.argsort(far, axis=1, kind="stable")
        rank = np.empty_like(order)
        np.put_along_axis(rank, order, np.broadcast_to(np.arange(count), order.shape), 1)
        apart = squares[own][:, None] + squares[None] - 2 * places[own] @ places.T
        apart[rows, own] = -np.inf
        near = np.argpartition(apart, NEIGHBOURS + 1, axis=1)[:, : NEIGHBOURS + 1]
        for row in rows:
            ranks = rank[row, near[row][near[row] != own[row]]][:NEIGHBOURS]
            strangers += np.maximum(ranks - NEIGHBOURS, 0).sum()
            kept += (ranks <= NEIGHBOURS).mean()
    worst = len(sample) * NEIGHBOURS * (2 * count - 3 * NEIGHBOURS - 1) / 2
    return 1 - strangers / worst, kept / len(sample)


def main():
    folder = sys.argv[1]
    vectors = np.fromfile(f"{folder}/vectors.i8", dtype=np.int8).reshape(-1, 128)
    vectors = vectors.astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    places = np.fromfile(f"{folder}/places.u16", dtype=np.uint16).reshape(-1, 2)
    print("%d papers" % len(vectors))
    print("offprint    trustworthiness %.4f, recall %.4f" % measure(vectors, places.astype(float)))
    import umap

    began = time.process_time()
    layout = umap.UMAP(n_neighbors=NEIGHBOURS, metric="cosine", random_state=7)
    others = layout.fit_transform(vectors).astype(float)
    spent = time.process_time() - began
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print("umap-learn  trustworthiness %.4f, recall %.4f" % measure(vectors, others))
    print("umap-learn took %.0f s of processor and held %.0f MB" % (spent, held))


main()
