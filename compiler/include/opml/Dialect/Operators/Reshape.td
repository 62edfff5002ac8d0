#ifndef OPML_DIALECT_OPERATORS_RESHAPE_TD
#define OPML_DIALECT_OPERATORS_RESHAPE_TD

include "opml/Dialect/OpmlBase.td"

def Opml_ReshapeOp : Opml_Operator<"Reshape", [Opml_DataMovement, Opml_View],
    [Since<1>, Since<5, "shapeToInput">, Since<13>, Since<14>, Since<19>, Since<21>, Since<23>,
     Since<24>, Since<25>]> {
  let summary = "the same elements in a given shape";
  let description = [{
    A dimension 0 of `shape` copies that of `data`, unless allowzero is 1; one dimension may be -1
    and is computed.

    C1. `shape` is a constant vector.
    C2. At most one dimension is -1, none is less; with allowzero not both 0 and -1 occur.
    C3. A copied dimension exists in `data`.
    C4. The number of elements stays; a dimension -1 divides evenly and is determined.
  }];
  let arguments = (ins Opml_Tensor:$data, Opml_ShapeTensor:$shape,
                       DefaultValuedAttr<Opml_FlagAttr, "0">:$allowzero);
  let results = (outs Opml_Tensor:$reshaped);
  let limits = ["a shape that is computed from the inputs"];
}

#endif // OPML_DIALECT_OPERATORS_RESHAPE_TD
