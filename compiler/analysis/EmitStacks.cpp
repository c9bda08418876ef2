//===- EmitStacks.cpp - bounds of stacks as operations --------------------===//
//
// What a power of B = sum of K'GK makes of a one in a single cell, on circles
// that are large enough to know no end, is the matrix B^m, whose norm is at
// most the largest sum of a column's magnitudes.
//
//===----------------------------------------------------------------------===//

#include "compiler/analysis/Stacks.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/Sequence.h"

#include <cmath>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis {

/// More multiplications than these are not worth a sharper bound.
static constexpr double mostWork = 16e6;
/// Nor is more rounding.
static constexpr double mostRounding = 0x1p-6;
/// Parts of a filter that it does not have count with this much of it, so that
/// no quotient is infinite.
static constexpr double leastPart = 0x1p-7;
/// Filters up to so many are taken apart one by one.
static constexpr int64_t fewFilters = 64;
/// Below this there may have been underflows.
static constexpr double tiny = 0x1p-1000;

namespace {
class StackEmitter {
public:
  StackEmitter(ArrayRef<Stack> stacks, bool isLowest, OpBuilder &builder,
               NumberEmitter &emitter)
      : stacks(stacks), isLowest(isLowest), builder(builder), emitter(emitter),
        loc(stacks.front().array.getLoc()) {}

  Value emit();

private:
  using Fields = SmallVector<Value>;
  /// A part of K that is even or odd along each mirrored axis; its weights.
  struct Part {
    Value weights;
    /// What its share multiplies each result, or all of them, by; null: one.
    Fields shares;
  };

  ArrayRef<Stack> stacks;
  bool isLowest;
  OpBuilder &builder;
  NumberEmitter &emitter;
  Location loc;
  std::vector<SmallVector<Part>> parts;
  FieldType type, arrayType;
  /// How many applications of B there are, and how far they reach.
  unsigned power = 1;
  SmallVector<int64_t> reach;

  const Stack &any() const { return stacks.front(); }
  Type element() { return arrayType.getElement(); }
  unsigned numParts(const Stack &stack) const {
    return 1u << llvm::count(stack.isMirrored, true);
  }
  double work(unsigned power) const;
  double rounding(unsigned power) const;
  void choosePower();
  int64_t segment(unsigned axis) const { return 2 * reach[axis] + 1; }
  FieldType makeGrid();

  Value number(double value) { return emitter.constant(value); }
  Value rounded(Value number) {
    if (element().isF64())
      return number;
    return builder.create<arith::TruncFOp>(loc, element(), number);
  }
  Value known(double value) {
    return builder.create<arith::ConstantOp>(
        loc, builder.getFloatAttr(element(), value));
  }
  Value map(FieldType made, ValueRange fields,
            function_ref<Value(ValueRange)> of);
  Value cellsAlong(FieldType of, unsigned axis);
  Value isCell(Value coordinate, double cell, double modulus);
  Value root(Value square) { return builder.create<math::SqrtOp>(loc, square); }

  Value flipped(const Stack &stack, Value array, unsigned axis);
  SmallVector<Part> partsOf(const Stack &stack);
  void setShares(const Stack &stack, SmallVector<Part> &all);
  Fields shares(ValueRange squares);
  Value one(int64_t field);
  Fields convolved(const Stack &stack, Value weights, bool transposed,
                   ValueRange fields);
  Fields indices(const Stack &stack);
  void addApplied(const Stack &stack, const Part &part, ValueRange fields,
                  Fields &sums);
  Fields applied(ValueRange fields);
  Value summed(Value field, unsigned axis);
  Value columnSum(ValueRange fields);
};
} // namespace

//===----------------------------------------------------------------------===//
// How often
//===----------------------------------------------------------------------===//

/// Multiplications, of an upper bound of their number.
double StackEmitter::work(unsigned power) const {
  double all = 0;
  for (const Stack &stack : stacks) {
    double cells = double(any().in());
    for (unsigned axis = 0; axis < any().rank(); ++axis) {
      int64_t most = 0;
      for (const Stack &each : stacks)
        most = std::max(most, each.taps(axis));
      cells *= double(2 * power * (most - 1) + 1);
    }
    all += cells * 2.0 * power * numParts(stack) *
           double(stack.in() * stack.out() * stack.numTaps());
  }
  return all;
}

/// What is rounded off, relative to the bound: each operation by a unit, in
/// sums of magnitudes that are at most in*taps times as large as those of the
/// sums themselves, for each application.
double StackEmitter::rounding(unsigned power) const {
  double operations = 64, magnitudes = 1, fields = double(any().in());
  for (const Stack &stack : stacks) {
    double taps = double(stack.numTaps());
    operations += taps * (fields + numParts(stack) * double(stack.out()));
    magnitudes = std::max(magnitudes, fields * taps);
  }
  operations *= power;
  for (unsigned axis = 0; axis < any().rank(); ++axis)
    operations += double(segment(axis)) * fields;
  double unit = arrayType.getElement().isF64() ? 0x1p-53 : 0x1p-24;
  return 4 * operations * unit * std::sqrt(fields) *
         std::pow(magnitudes, double(power));
}

void StackEmitter::choosePower() {
  for (power = 4;; power /= 2) {
    reach.assign(any().rank(), 0);
    for (const Stack &stack : stacks)
      for (unsigned axis = 0; axis < stack.rank(); ++axis)
        reach[axis] =
            std::max(reach[axis], int64_t(power) * (stack.taps(axis) - 1));
    if (power == 1 ||
        (work(power) <= mostWork && rounding(power) <= mostRounding))
      return;
  }
}

/// A grid that only this bound knows; one for all that have its size. A script
/// has no names with dots.
FieldType StackEmitter::makeGrid() {
  auto module =
      builder.getInsertionBlock()->getParentOp()->getParentOfType<ModuleOp>();
  std::string name = "limit";
  SmallVector<Attribute> axes;
  SmallVector<int64_t> extents;
  for (unsigned axis = 0; axis < any().rank(); ++axis) {
    int64_t cells = segment(axis) * (axis == 0 ? any().in() : 1);
    name += '.' + std::to_string(cells);
    extents.push_back(cells);
    axes.push_back(AxisAttr::get(
        builder.getContext(), std::string(1, char('x' + axis)),
        Boundary::Periodic, Boundary::Periodic, cells, Coarsening::Same));
  }
  if (!module.lookupSymbol(name)) {
    OpBuilder::InsertionGuard guard(builder);
    auto grids = llvm::to_vector(module.getOps<GridOp>());
    builder.setInsertionPointAfter(grids.back());
    builder.create<GridOp>(loc, builder.getStringAttr(name),
                           builder.getArrayAttr(axes), FlatSymbolRefAttr(),
                           builder.getDenseI64ArrayAttr(extents));
  }
  return FieldType::get(builder.getContext(),
                        FlatSymbolRefAttr::get(builder.getContext(), name),
                        element(), {}, {});
}

//===----------------------------------------------------------------------===//
// Cells
//===----------------------------------------------------------------------===//

Value StackEmitter::map(FieldType made, ValueRange fields,
                        function_ref<Value(ValueRange)> of) {
  auto op = builder.create<MapOp>(loc, made, fields);
  OpBuilder::InsertionGuard guard(builder);
  Block &body = op.getBody().emplaceBlock();
  for (Value field : fields)
    body.addArgument(cast<FieldType>(field.getType()).getElement(), loc);
  builder.setInsertionPointToStart(&body);
  Value value = of(body.getArguments());
  builder.create<YieldOp>(loc, value);
  return op;
}

Value StackEmitter::cellsAlong(FieldType of, unsigned axis) {
  return builder.create<CoordinateOp>(loc, of, axis, number(0), number(1));
}

/// Whether a coordinate is that of a cell, but for multiples of the modulus.
Value StackEmitter::isCell(Value coordinate, double cell, double modulus) {
  Value quotient =
      builder.create<arith::DivFOp>(loc, coordinate, known(modulus));
  Value whole = builder.create<math::FloorOp>(loc, quotient);
  Value passed = builder.create<arith::MulFOp>(loc, whole, known(modulus));
  Value rest = builder.create<arith::SubFOp>(loc, coordinate, passed);
  return builder.create<arith::CmpFOp>(loc, arith::CmpFPredicate::OEQ, rest,
                                       known(cell));
}

//===----------------------------------------------------------------------===//
// Even and odd parts
//===----------------------------------------------------------------------===//

/// The array with the taps along an axis in the opposite order. Each entry lies
/// as far from the one that it changes places with as its own index tells.
Value StackEmitter::flipped(const Stack &stack, Value array, unsigned axis) {
  int64_t stride = 1, taps = stack.taps(axis);
  for (unsigned i = axis + 1; i < stack.rank(); ++i)
    stride *= stack.taps(i);
  Fields moved;
  for (int64_t tap = 0; tap < taps; ++tap) {
    int64_t offset = stride * (taps - 1 - 2 * tap);
    auto stencil = builder.create<StencilOp>(
        loc, StencilType::get(builder.getContext(), 1),
        builder.getArrayAttr({builder.getDenseI64ArrayAttr({offset})}),
        ValueRange(number(1)), Value());
    moved.push_back(
        builder.create<ApplyOp>(loc, arrayType, stencil, array, ValueRange()));
  }
  moved.push_back(cellsAlong(arrayType, 0));
  return map(arrayType, moved, [&](ValueRange args) {
    // The index along the axis, which is a rest of the place.
    Value place =
        builder.create<arith::DivFOp>(loc, args.back(), known(double(stride)));
    place = builder.create<math::FloorOp>(loc, place);
    Value chosen = args[taps - 1];
    for (int64_t tap = taps - 1; tap-- > 0;)
      chosen = builder.create<arith::SelectOp>(
          loc, isCell(place, double(tap), double(taps)), args[tap], chosen);
    return chosen;
  });
}

SmallVector<StackEmitter::Part> StackEmitter::partsOf(const Stack &stack) {
  // Flipped along all sets of mirrored axes.
  Fields flips{stack.array};
  for (unsigned axis = 0; axis < stack.rank(); ++axis)
    if (stack.isMirrored[axis])
      for (Value array : Fields(flips))
        flips.push_back(flipped(stack, array, axis));
  SmallVector<Part> all;
  if (flips.size() == 1)
    return {{stack.array, {}}};
  for (unsigned odd = 0; odd < flips.size(); ++odd) {
    Value weights = map(arrayType, flips, [&](ValueRange args) {
      Value sum = args[0];
      for (unsigned set = 1; set < args.size(); ++set) {
        bool isMinus = __builtin_parity(set & odd);
        sum =
            isMinus
                ? builder.create<arith::SubFOp>(loc, sum, args[set]).getResult()
                : builder.create<arith::AddFOp>(loc, sum, args[set])
                      .getResult();
      }
      return builder.create<arith::MulFOp>(loc, sum,
                                           known(1.0 / double(args.size())));
    });
    all.push_back({weights, {}});
  }
  setShares(stack, all);
  return all;
}

/// 1/t of each part, by the squares of their norms: the sum of all t is one.
StackEmitter::Fields StackEmitter::shares(ValueRange squares) {
  Value all = number(tiny);
  for (Value square : squares)
    all = emitter.add(all, square);
  Value least = emitter.multiply(all, number(leastPart * leastPart));
  Fields roots;
  Value sum;
  for (Value square : squares) {
    roots.push_back(root(emitter.add(square, least)));
    sum = sum ? emitter.add(sum, roots.back()) : roots.back();
  }
  for (Value &each : roots)
    each = builder.create<arith::DivFOp>(loc, sum, each);
  return roots;
}

void StackEmitter::setShares(const Stack &stack, SmallVector<Part> &all) {
  auto square = [&](Value field) -> Value {
    return builder.create<ReduceOp>(loc, builder.getF64Type(), Reduction::Dot,
                                    ValueRange{field, field});
  };
  // Of each filter apart, or of all at once.
  bool isApart = stack.in() == 1 && stack.out() <= fewFilters;
  SmallVector<Fields> squares;
  for (const Part &part : all) {
    if (!isApart) {
      squares.push_back({square(part.weights)});
      continue;
    }
    Fields &own = squares.emplace_back();
    for (auto [o, field] : llvm::enumerate(
             convolved(stack, part.weights, /*transposed=*/false, {one(0)})))
      own.push_back(stack.strengths[o].factor ? square(field) : Value());
  }
  for (size_t o = 0; o < squares[0].size(); ++o) {
    Fields own;
    for (const Fields &each : squares)
      if (each[o])
        own.push_back(each[o]);
    own = own.empty() ? Fields(all.size()) : shares(own);
    for (auto [part, share] : llvm::zip(all, own))
      part.shares.push_back(share);
  }
}

//===----------------------------------------------------------------------===//
// Applications
//===----------------------------------------------------------------------===//

/// One in the cell that is the middle of its field's segment.
Value StackEmitter::one(int64_t field) {
  Fields along;
  for (unsigned axis = 0; axis < any().rank(); ++axis)
    along.push_back(cellsAlong(type, axis));
  return map(type, along, [&](ValueRange args) {
    Value value = known(1);
    for (auto [axis, place] : llvm::enumerate(args)) {
      double cell = axis == 0 ? double(field * segment(0)) : 0;
      Value isIt = builder.create<arith::CmpFOp>(loc, arith::CmpFPredicate::OEQ,
                                                 place, known(cell));
      value = builder.create<arith::SelectOp>(loc, isIt, value, known(0));
    }
    return value;
  });
}

StackEmitter::Fields StackEmitter::indices(const Stack &stack) {
  Fields made;
  for (ExpressionRef index : stack.indices)
    made.push_back(emitter.index(index));
  return made;
}

StackEmitter::Fields StackEmitter::convolved(const Stack &stack, Value weights,
                                             bool transposed,
                                             ValueRange fields) {
  SmallVector<Type> types(transposed ? stack.in() : stack.out(), type);
  auto op = builder.create<ConvolveOp>(loc, types, transposed, weights,
                                       indices(stack), stack.extents,
                                       stack.first, fields);
  return Fields(op.getResults());
}

/// Adds what a part of K'GK makes of fields to the sums.
void StackEmitter::addApplied(const Stack &stack, const Part &part,
                              ValueRange fields, Fields &sums) {
  Fields between = convolved(stack, part.weights, /*transposed=*/false, fields);
  for (auto [o, field] : llvm::enumerate(between)) {
    const Stack::Strength &strength = stack.strengths[o];
    double end = strength.factor ? stack.most * strength.end(isLowest) : 0;
    Value factor = number(end);
    if (end > 0) {
      factor = emitter.multiply(factor, emitter.emit(strength.factor));
      if (!part.shares.empty())
        factor = emitter.multiply(factor,
                                  part.shares[part.shares.size() == 1 ? 0 : o]);
    }
    factor = rounded(factor);
    field = map(type, {field}, [&](ValueRange args) {
      return builder.create<arith::MulFOp>(loc, args[0], factor);
    });
  }
  Fields back = convolved(stack, part.weights, /*transposed=*/true, between);
  for (auto [i, field] : llvm::enumerate(back)) {
    if (sums.size() <= i)
      sums.push_back(field);
    else
      sums[i] = map(type, {sums[i], field}, [&](ValueRange args) {
        return builder.create<arith::AddFOp>(loc, args[0], args[1]);
      });
  }
}

StackEmitter::Fields StackEmitter::applied(ValueRange fields) {
  Fields sums;
  for (auto [stack, all] : llvm::zip(stacks, parts))
    for (const Part &part : all)
      addApplied(stack, part, fields, sums);
  return sums;
}

//===----------------------------------------------------------------------===//
// The largest sum
//===----------------------------------------------------------------------===//

/// The sum over a segment about each cell.
Value StackEmitter::summed(Value field, unsigned axis) {
  if (!reach[axis])
    return field;
  SmallVector<Attribute> offsets;
  for (int64_t place = -reach[axis]; place <= reach[axis]; ++place) {
    SmallVector<int64_t> offset(any().rank(), 0);
    offset[axis] = place;
    offsets.push_back(builder.getDenseI64ArrayAttr(offset));
  }
  SmallVector<Value> weights(offsets.size(), number(1));
  auto stencil = builder.create<StencilOp>(
      loc, StencilType::get(builder.getContext(), any().rank()),
      builder.getArrayAttr(offsets), weights, Value());
  return builder.create<ApplyOp>(loc, type, stencil, field, ValueRange());
}

/// The largest of what the columns' magnitudes add up to.
Value StackEmitter::columnSum(ValueRange fields) {
  Value sums = map(type, fields, [&](ValueRange args) {
    Value sum;
    for (Value arg : args) {
      Value size = builder.create<math::AbsFOp>(loc, arg);
      sum = sum ? builder.create<arith::AddFOp>(loc, sum, size).getResult()
                : size;
    }
    return sum;
  });
  if (any().in() == 1)
    return builder.create<ReduceOp>(loc, builder.getF64Type(), Reduction::Sum,
                                    ValueRange{sums});
  for (unsigned axis = 0; axis < any().rank(); ++axis)
    sums = summed(sums, axis);
  Fields along{sums};
  for (unsigned axis = 0; axis < any().rank(); ++axis)
    along.push_back(cellsAlong(type, axis));
  sums = map(type, along, [&](ValueRange args) {
    Value value = args[0];
    for (auto [axis, place] : llvm::enumerate(args.drop_front()))
      value = builder.create<arith::SelectOp>(
          loc, isCell(place, 0, double(segment(axis))), value, known(0));
    return value;
  });
  return builder.create<ReduceOp>(loc, builder.getF64Type(), Reduction::Max,
                                  ValueRange{sums});
}

Value StackEmitter::emit() {
  arrayType = cast<FieldType>(any().array.getType());
  choosePower();
  type = makeGrid();
  for (const Stack &stack : stacks) {
    arrayType = cast<FieldType>(stack.array.getType());
    parts.push_back(partsOf(stack));
  }
  Fields fields;
  for (int64_t i : llvm::seq<int64_t>(0, any().in()))
    fields.push_back(one(i));
  for (unsigned pass = 0; pass < power; ++pass)
    fields = applied(fields);
  Value bound = columnSum(fields);
  for (unsigned left = power; left > 1; left /= 2)
    bound = root(bound);
  bound = emitter.multiply(bound, number(1 + rounding(power)));
  return emitter.add(bound, number(tiny));
}

Value emitBound(ArrayRef<Stack> stacks, bool isLowest, OpBuilder &builder,
                NumberEmitter &emitter) {
  return StackEmitter(stacks, isLowest, builder, emitter).emit();
}

} // namespace pdec::analysis
