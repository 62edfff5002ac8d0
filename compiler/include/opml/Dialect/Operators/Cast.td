#ifndef OPML_DIALECT_OPERATORS_CAST_TD
#define OPML_DIALECT_OPERATORS_CAST_TD

include "opml/Dialect/OpmlBase.td"

def Opml_CastOp : Opml_ComputeOperator<"Cast", [Opml_Elementwise],
    [Since<1>, Since<6>, Since<9>, Since<13>, Since<19>, Since<21>, Since<23>, Since<24>, Since<25>]> {
  let summary = "each element in another type";
  let description = [{
    To bool: whether the element is not 0, which a NaN is not. From bool: 0 or 1. Between integers
    modulo 2^n. To float32 rounded once. From float32 rounded toward zero, the nearest integer where
    it is out of range, and 0 for a NaN (docs/numerics.md).

    C1. `to` is the number that ONNX gives to bool, an integer type or float32. saturate and
        round_mode say nothing about these.
  }];
  let arguments = (ins Opml_ComputedTensor:$input, I64Attr:$to,
                       DefaultValuedAttr<Opml_FlagAttr, "1">:$saturate,
                       DefaultValuedAttr<StrAttr, "\"up\"">:$round_mode);
  let results = (outs Opml_ComputedTensor:$output);
  let limits = ["other floats", "strings", "version 1, where the type is a string"];
}

#endif // OPML_DIALECT_OPERATORS_CAST_TD
