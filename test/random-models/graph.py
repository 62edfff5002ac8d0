"""A graph that grows node by node; what each node computes is known at once, so every shape is."""

import numpy as np
from onnx import helper, mapping, numpy_helper

from evaluate import evaluate_node

# Quiet and signalling NaNs, infinities, zeros, subnormals, the largest and the least normal number.
SPECIAL = np.array(
    [0x7FC00000, 0xFFC00001, 0x7FA00000, 0x7F800000, 0xFF800000, 0x80000000, 0, 1, 0x80000001, 0x007FFFFF,
     0x7F7FFFFF, 0xFF7FFFFF, 0x00800000],
    np.uint32,
).view(np.float32)  # fmt: skip
INFINITY, ZERO = 3, 5  # positions in SPECIAL


class Graph:
    largest = 6000  # elements of a value; the VM takes some hundred steps for each

    def __init__(self, seed):
        self.random = np.random.default_rng(seed)
        self.opset = int(self.choice([1, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]))
        self.special = bool(self.maybe(0.2))
        self.nodes, self.inputs, self.initializers, self.values = [], {}, {}, {}
        self.names = 0

    def maybe(self, probability=0.5):
        return self.random.random() < probability

    def integer(self, low, high):
        return int(self.random.integers(low, high, endpoint=True))

    def choice(self, options):
        return options[int(self.random.integers(0, len(options)))]

    def dimension(self, high=5):
        return 0 if self.maybe(0.01) else self.integer(1, high)

    def shape(self, rank, high=5):
        return tuple(self.dimension(high) for _ in range(rank))

    def name(self, prefix):
        self.names += 1
        return f"{prefix}{self.names}"

    def data(self, shape, dtype):
        if dtype == bool:
            return self.random.random(shape) < 0.5
        if dtype != np.float32:
            least = np.iinfo(dtype).min if self.maybe() else max(np.iinfo(dtype).min, -9)
            return self.random.integers(least, np.iinfo(dtype).max, shape, dtype, endpoint=True)
        values = np.asarray(self.random.standard_normal(shape), np.float32)
        if not self.special:
            return values
        special = SPECIAL[self.random.integers(self.choice([0, INFINITY, ZERO, ZERO]), len(SPECIAL), shape)]
        values = values * np.float32(self.choice([1, 1e-30]))
        return np.where(self.random.random(shape) < 0.25, special, values).astype(np.float32)

    def pick(self, fits):
        """The name of some value that fits, mostly; None if there is none."""
        found = [name for name, value in self.values.items() if fits(value)]
        return self.choice(found) if found and self.maybe(0.85) else None

    def source(self, shape, dtype=np.float32, is_weight=False):
        """The name of a value of this type: one that is there, or an input, initialiser or Constant."""
        shape = tuple(shape)
        found = [name for name, value in self.values.items() if (value.shape, value.dtype) == (shape, dtype)]
        if found and self.maybe(0.4):
            return self.choice(found)
        value, name = self.data(shape, dtype), self.name("c")
        self.values[name] = value
        if not is_weight and self.maybe(0.3):
            self.inputs[name] = value
        else:
            self.store(name, value)
        return name

    def store(self, name, value):
        if self.maybe(0.8):
            self.initializers[name] = value
            return
        form = {(0, "f"): "value_float", (1, "f"): "value_floats", (0, "i"): "value_int", (1, "i"): "value_ints"}.get(
            (value.ndim, value.dtype.kind)
        )
        # A list attribute must not be empty, and the scalar forms are float32 and int64.
        if self.opset >= 12 and form and value.size and value.dtype in (np.float32, np.int64) and self.maybe():
            attributes = {form: value.tolist()}
        else:
            attributes = {"value": numpy_helper.from_array(value, name)}
        self.nodes.append(helper.make_node("Constant", [], [name], **attributes))

    def add(self, operator, inputs, **attributes):
        """Appends a node, and gives its result's name, unless that is too large."""
        output = self.name("y")
        node = helper.make_node(operator, inputs, [output], name=self.name("n") if self.maybe(0.8) else "", **attributes)
        value = np.asarray(evaluate_node(node, self.values))
        if value.size <= self.largest:
            self.values[output] = value
            self.nodes.append(node)
            return output
        return None

    def outputs(self):
        """All values that nothing reads, and some that are also read inside, be they results or not."""
        used = {name for node in self.nodes for name in node.input}
        results = [node.output[0] for node in self.nodes if node.op_type != "Constant"]
        also = self.maybe(0.3)
        outputs = [name for name in results if name not in used or (also and self.maybe())]
        if self.maybe(0.06):
            outputs.append(self.choice(list(self.values)))
        outputs = list(dict.fromkeys(outputs))
        self.random.shuffle(outputs)
        return outputs

    def model(self):
        known = self.values | self.initializers
        info = lambda name: helper.make_tensor_value_info(
            name, mapping.NP_TYPE_TO_TENSOR_TYPE[known[name].dtype], known[name].shape
        )
        version = self.choice([3, 4, 7, 8])
        # IR version 3 lists every initialiser as an input; later ones may, as a default value.
        defaults = [name for name in self.initializers if version == 3 or self.maybe(0.1)]
        graph = helper.make_graph(
            self.nodes,
            "random",
            [info(name) for name in [*self.inputs, *defaults]],
            [info(name) for name in self.outputs()],
            [numpy_helper.from_array(value, name) for name, value in self.initializers.items()],
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", self.opset)])
        model.ir_version = version
        return model
