//===- OpmlBase.td - The opml dialect and what its ops share -*- tablegen -*-===//
//
// The opml dialect is the operator level: one op per ONNX operator in its
// newest version, named as ONNX names it, and a few structural ops
// (OpmlStructural.td). Everything has a static shape.
//
//===----------------------------------------------------------------------===//

#ifndef OPML_DIALECT_OPMLBASE_TD
#define OPML_DIALECT_OPMLBASE_TD

include "mlir/IR/OpBase.td"
include "mlir/IR/BuiltinAttributes.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "opml/Dialect/OpmlInterfaces.td"

def Opml_Dialect : Dialect {
  let name = "opml";
  let cppNamespace = "::opml::compiler";
  let summary = "ONNX operators on statically shaped tensors";
}

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

// ONNX's signed integers are MLIR's signless ones, its unsigned ones ui8 … ui64.
defvar SignedIntegers = [I8, I16, I32, I64];
defvar UnsignedIntegers = [UI8, UI16, UI32, UI64];
// What a model may store; fewer of them can be computed with.
defvar StorageTypes = !listconcat([I1], SignedIntegers, UnsignedIntegers, [F16, BF16, F32, F64]);

class Opml_TensorOf<list<Type> elements, string names> : StaticShapeTensorOf<elements> {
  let summary = names # " tensor";
}
def Opml_Tensor : Opml_TensorOf<StorageTypes, "bool, integer or float">;
def Opml_Float32Tensor : Opml_TensorOf<[F32], "float32">;
def Opml_ShapeTensor : Opml_TensorOf<[I64], "int64">;
// What the VM computes with, as far as ONNX gives the operator these types.
def Opml_ArithmeticTensor
    : Opml_TensorOf<!listconcat(SignedIntegers, UnsignedIntegers, [F32]), "integer or float32">;
def Opml_BoolTensor : Opml_TensorOf<[I1], "bool">;
def Opml_ComputedTensor
    : Opml_TensorOf<!listconcat([I1], SignedIntegers, UnsignedIntegers, [F32]), "bool, integer or float32">;
def Opml_SignedTensor : Opml_TensorOf<!listconcat(SignedIntegers, [F32]), "signed integer or float32">;
def Opml_MatMulTensor
    : Opml_TensorOf<[I32, I64, UI32, UI64, F32], "int32, int64, uint32, uint64 or float32">;
def Opml_QuantisedTensor : Opml_TensorOf<[I8, UI8], "int8 or uint8">;
def Opml_Int32Tensor : Opml_TensorOf<[I32], "int32">;
def Opml_PoolTensor : Opml_TensorOf<[I8, UI8, F32], "int8, uint8 or float32">;

//===----------------------------------------------------------------------===//
// Attributes
//===----------------------------------------------------------------------===//

/// An attribute that no file gives: an older version's meaning of a node, which its upgrade states.
class Opml_OfUpgrade;

def Opml_FlagAttr : ConfinedAttr<I64Attr, [IntMinValue<0>, IntMaxValue<1>]> {
  let summary = "0 or 1";
}
def Opml_CoercedAttr : DefaultValuedAttr<Opml_FlagAttr, "0">, Opml_OfUpgrade;
def Opml_BoundAttr : OptionalAttr<F32Attr>, Opml_OfUpgrade;
def Opml_DimensionsAttr : OptionalAttr<DenseI64ArrayAttr>, Opml_OfUpgrade;
def Opml_AutoPadAttr : StringBasedAttr<
    CPred<"::llvm::is_contained<::llvm::StringRef>({\"NOTSET\", \"SAME_UPPER\", \"SAME_LOWER\", \"VALID\"}, "
          "::llvm::cast<::mlir::StringAttr>($_self).getValue())">,
    "NOTSET, SAME_UPPER, SAME_LOWER or VALID">;
def Opml_GeluAttr : StringBasedAttr<
    CPred<"::llvm::is_contained<::llvm::StringRef>({\"none\", \"tanh\"}, "
          "::llvm::cast<::mlir::StringAttr>($_self).getValue())">, "none or tanh">;

//===----------------------------------------------------------------------===//
// Traits
//===----------------------------------------------------------------------===//

class Opml_Trait<string name> : NativeOpTrait<name> {
  let cppNamespace = "::opml::compiler::OpTrait";
}

// Each result element depends on the operand elements at the same
// (broadcast) position only; joins the node of its only producer.
def Opml_Elementwise : Opml_Trait<"Elementwise">;
// Copies bits without computing; a NaN keeps its payload.
def Opml_DataMovement : Opml_Trait<"DataMovement">;
// The result has the first operand's bytes and another shape; not a node.
def Opml_View : Opml_Trait<"View">;
// A contraction, pooling or reduction: starts a node of its own.
def Opml_Anchor : Opml_Trait<"Anchor">;

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

// From opset version `version_` on the operator means something else, or takes
// other types. The hook, a static member function of the op class, rewrites a
// node that was written for the version before so that it means the same in
// this one.
class Since<int version_, string hook_ = ""> {
  int version = version_;
  string hook = hook_;
  // A function that several operators have as their hook.
  bit isShared = 0;
}
class SinceShared<int version_, string hook_> : Since<version_, hook_> {
  let isShared = 1;
}

// The newest opset version whose changes the operators' version lists take
// account of; the importer refuses newer models.
def Opset {
  int newest = 25;
}

// What the importer's table and docs/operators.md are generated from.
class OnnxOperator<list<Since> versions_> {
  string domain = "";
  list<Since> versions = versions_;
  // What ONNX allows here and we refuse, for docs/operators.md.
  list<string> limits = [];
}

// An ONNX operator that a graph node becomes. Everything an instance must
// satisfy beyond its ODS types is checked by inferReturnTypes, which verifies
// every op, imported or parsed.
class Opml_Operator<string name, list<Trait> traits, list<Since> versions>
    : Op<Opml_Dialect, name, !listconcat([Pure, InferTypeOpAdaptor], traits)>,
      OnnxOperator<versions> {
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  string hookDeclarations =
      !foldl("", versions, text, since,
             text # !if(!or(!empty(since.hook), since.isShared), "",
                        "static ::llvm::Error " # since.hook
                            # "(::opml::compiler::ImportedNode &node);\n"));
  let extraClassDeclaration = hookDeclarations;
}

// An operator that becomes linalg on tensors.
class Opml_ComputeOperator<string name, list<Trait> traits, list<Since> versions>
    : Opml_Operator<name, !listconcat([DeclareOpInterfaceMethods<LowerToLinalgInterface>], traits),
                    versions>;

// An operator whose result element depends on the operand elements at the same
// (broadcast) position: element types are equal, shapes broadcast as in NumPy.
// The op's class computes one element. `infer` says the result's type.
class Opml_ElementwiseOperator<string name, list<Trait> traits, list<Since> versions,
                               string infer = "inferElementwise">
    : Opml_ComputeOperator<name, !listconcat([Opml_Elementwise], traits), versions> {
  let extraClassDeclaration = hookDeclarations # [{
    /// The result element from the operands' elements.
    ::mlir::Value computeElement(::opml::compiler::LinalgBuilder &scalars,
                                 ::mlir::ValueRange elements);
  }];
  let extraClassDefinition = [{
    ::llvm::LogicalResult $cppClass::inferReturnTypes(
        ::mlir::MLIRContext *, std::optional<::mlir::Location> loc, Adaptor adaptor,
        ::llvm::SmallVectorImpl<::mlir::Type> &results) {
      return ::opml::compiler::}] # infer # [{(loc, adaptor.getOperands(), results);
    }
    ::llvm::SmallVector<::mlir::Value> $cppClass::lowerToLinalg(
        ::mlir::OpBuilder &builder, ::mlir::ValueRange operands) {
      return ::opml::compiler::lowerElementwise(
          *this, builder, operands,
          [this](::opml::compiler::LinalgBuilder &scalars, ::mlir::ValueRange elements) {
            return computeElement(scalars, elements);
          });
    }
  }];
}

// An elementwise operator whose result is bool.
class Opml_PredicateOperator<string name, list<Trait> traits, list<Since> versions>
    : Opml_ElementwiseOperator<name, traits, versions, "inferPredicate">;

// An operator that reduces `data` over `axes`. The op's class has the start, one
// step and, if there is something to do then, the last one.
class Opml_ReductionOperator<string name, list<Since> versions, Type tensor>
    : Opml_ComputeOperator<name, [Opml_Anchor], versions> {
  let arguments = (ins tensor:$data, Optional<Opml_ShapeTensor>:$axes,
                       Opml_DimensionsAttr:$dimensions,
                       DefaultValuedAttr<Opml_FlagAttr, "1">:$keepdims,
                       DefaultValuedAttr<Opml_FlagAttr, "0">:$noop_with_empty_axes);
  let results = (outs tensor:$reduced);
  let hasFolder = 1;
  let extraClassDefinition = [{
    ::llvm::LogicalResult $cppClass::inferReturnTypes(
        ::mlir::MLIRContext *, std::optional<::mlir::Location> loc, Adaptor adaptor,
        ::llvm::SmallVectorImpl<::mlir::Type> &results) {
      auto reduction = ::opml::compiler::Reduction::of(loc, adaptor);
      if (::mlir::failed(reduction))
        return ::mlir::failure();
      results.push_back(reduction->data.clone(reduction->resultShape()));
      return ::mlir::success();
    }
    ::mlir::OpFoldResult $cppClass::fold(FoldAdaptor) {
      return ::opml::compiler::foldAxes(*this);
    }
  }];
}

#endif // OPML_DIALECT_OPMLBASE_TD
