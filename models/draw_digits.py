#!/usr/bin/python3
"""Draws the ten input digits of our own as models/digits/{0..9}.npy.

usage: draw_digits.py [-o DIR]

Each digit is a list of strokes, each stroke a polyline in a unit square with y
downwards. A pixel's grey level follows from its distance to the nearest stroke, and the
drawing is placed as MNIST places its digits: 20 pixels high or wide at most, the
centre of mass in the middle of 28x28. Only additions, multiplications, divisions
and square roots are used, so every machine draws the same bytes.
"""

import argparse
import os

import numpy as np

STROKES = {
    0: [[(.50, .00), (.28, .07), (.14, .27), (.10, .50), (.14, .74), (.28, .93), (.50, 1.0),
         (.72, .93), (.86, .74), (.90, .50), (.86, .27), (.72, .07), (.50, .00)]],
    1: [[(.34, .22), (.54, .00), (.54, 1.0)]],
    2: [[(.12, .24), (.22, .08), (.42, .00), (.64, .02), (.80, .14), (.84, .30), (.76, .48),
         (.56, .66), (.30, .84), (.10, 1.0), (.90, 1.0)]],
    3: [[(.14, .10), (.36, .00), (.62, .02), (.80, .14), (.78, .32), (.62, .44), (.40, .48)],
        [(.40, .48), (.66, .52), (.86, .66), (.86, .84), (.68, .97), (.40, 1.0), (.12, .90)]],
    4: [[(.62, .00), (.44, .26), (.24, .50), (.08, .66), (.92, .66)], [(.68, .34), (.66, 1.0)]],
    5: [[(.82, .00), (.26, .00), (.20, .42), (.44, .36), (.68, .42), (.84, .60), (.80, .82),
         (.60, .97), (.34, 1.0), (.12, .90)]],
    6: [[(.70, .00), (.46, .10), (.26, .32), (.16, .58), (.18, .80), (.34, .97), (.58, 1.0),
         (.78, .88), (.80, .70), (.66, .55), (.44, .54), (.24, .66), (.17, .78)]],
    7: [[(.10, .02), (.88, .02), (.70, .34), (.54, .66), (.42, 1.0)]],
    8: [[(.50, .48), (.26, .36), (.18, .20), (.30, .04), (.52, .00), (.74, .06), (.80, .22),
         (.70, .38), (.50, .48), (.24, .62), (.14, .80), (.28, .96), (.52, 1.0), (.76, .94),
         (.86, .78), (.76, .60), (.50, .48)]],
    9: [[(.82, .30), (.70, .45), (.46, .50), (.24, .42), (.18, .24), (.28, .07), (.52, .00),
         (.74, .06), (.82, .24), (.82, .30), (.78, .62), (.66, 1.0)]],
}
RADIUS = 1.25  # of the pen, in pixels


def distance(points, start, end):
    """From each point to the nearest point of a segment."""
    along = end - start
    length = (along * along).sum()
    position = np.clip(((points - start) * along).sum(axis=-1) / length, 0, 1)
    nearest = start + position[..., None] * along
    return np.sqrt(((points - nearest) ** 2).sum(axis=-1))


def draw(strokes):
    """Grey levels 0 … 1 as float32 [1, 1, 28, 28]."""
    polylines = [np.array(stroke, np.float64) for stroke in strokes]
    corners = np.concatenate(polylines)
    extent = (corners.max(axis=0) - corners.min(axis=0)).max()
    polylines = [(p - corners.min(axis=0)) * ((20 - 2 * RADIUS) / extent) for p in polylines]
    y, x = np.mgrid[0:28, 0:28]
    pixels = np.stack([x, y], axis=-1).astype(np.float64)

    def render(offset):
        nearest = np.full((28, 28), np.inf)
        for polyline in polylines:
            for start, end in zip(polyline[:-1], polyline[1:]):
                nearest = np.minimum(nearest, distance(pixels, start + offset, end + offset))
        return np.clip(RADIUS + 0.5 - nearest, 0, 1)

    offset = np.array([4 + RADIUS, 4 + RADIUS])
    rough = render(offset)
    centre = (pixels * rough[..., None]).sum(axis=(0, 1)) / rough.sum()
    # MNIST moves by whole pixels only; so the strokes keep their smooth edges.
    image = render(offset + np.rint(13.5 - centre))
    # Eight bits a pixel, as in MNIST.
    return (np.rint(image * 255) / 255).astype(np.float32).reshape(1, 1, 28, 28)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", dest="output", default=os.path.join(here, "digits"), metavar="DIR")
    arguments = parser.parse_args()
    os.makedirs(arguments.output, exist_ok=True)
    for digit, strokes in STROKES.items():
        np.save(os.path.join(arguments.output, f"{digit}.npy"), draw(strokes))


if __name__ == "__main__":
    main()
