"""The 10,000 images of MNIST's test set, from the folder of test data."""

import gzip
import os
import sys

import numpy as np

TRAINED = 8000  # the first images are trained on, the others held back


def default_directory():
    here = os.path.dirname(os.path.abspath(__file__))
    root = os.environ.get("OPML_TESTDATA", os.path.join(here, "..", "..", "shared", "testdata"))
    return os.path.join(root, "mnist", "data")


def load(directory):
    """Images as float32 [10000, 784] in 0 … 1, labels as integers."""
    def read(name, header):
        path = os.path.join(directory, name)
        try:
            with gzip.open(path) as file:
                return np.frombuffer(file.read(), np.uint8, offset=header)
        except OSError as error:
            sys.exit(f"error: cannot read {path}: {error.strerror or error}; "
                     "name the folder of the MNIST files with --data or OPML_TESTDATA")

    images = read("t10k-images-idx3-ubyte.gz", 16).reshape(-1, 784)
    labels = read("t10k-labels-idx1-ubyte.gz", 8)
    return images.astype(np.float32) / np.float32(255), labels.astype(np.int64)
