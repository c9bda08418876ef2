//===- FourierLoops.cpp - loops and iterations within a pass --------------===//
//
// Where an iteration leads to that is linear in the fields that it carries, but
// may multiply them by numbers that it makes of them (steps of a Krylov
// method): the numbers are replaced by some that are drawn, a few times. What
// it converges to is left as it is by a pass, whatever the numbers; and what no
// pass changes, whatever the numbers, is what it was at the start. For
// conjugate gradients these are r = p = 0 and A v + r. Together they are linear
// equations for the limit, for each angle.
//
//===----------------------------------------------------------------------===//

#include "compiler/analysis/FourierReader.h"

#include "llvm/ADT/STLExtras.h"

#include <Eigen/Dense>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis::fourier {

using Matrix = Eigen::MatrixXcd;
using Vector = Eigen::VectorXcd;

/// How often numbers are drawn.
static constexpr unsigned numDraws = 3;
/// The most values, of all fields in a period, that an iteration within a pass
/// may carry.
static constexpr Eigen::Index maxUnknowns = 64;

/// An iteration that is allowed more passes than this is to converge.
static constexpr double fewPasses = 100;

struct Reader::Limit {
  /// For each angle: passes less the identity, one below the other, with the
  /// functions that no pass changes below them; and the pseudoinverse of both.
  struct Equations {
    Matrix invariants, system, inverse;
  };
  std::vector<Equations> all;

  bool solve(ArrayRef<std::vector<Matrix>> changes);
};

//===----------------------------------------------------------------------===//
// Loops with a count
//===----------------------------------------------------------------------===//

void Reader::readLoop(StepsOp op) {
  static constexpr double maxPasses = 10000;
  Number count = numberOf(op.getCount());
  // Time steps before the iteration are data.
  if (!count.isKnown || count.isOfIterate || count.value > maxPasses ||
      op.getEvolution()) {
    if (dependsOnState(*op))
      obstruct("a loop in a pass has no known number of passes", op);
    return setUnknown(*op);
  }
  Block &body = op.getBody().front();
  SmallVector<Quantity> carried;
  for (Value init : op.getInits())
    carried.push_back(of(init));
  for (int64_t pass = 0; pass < int64_t(count.value) && !failed(); ++pass) {
    set(body.getArgument(0), Number{double(pass)});
    for (auto [argument, value] :
         llvm::zip(body.getArguments().drop_front(), carried))
      set(argument, value);
    readBlock(body);
    for (auto [value, yielded] :
         llvm::zip(carried, body.getTerminator()->getOperands()))
      if (!failed())
        value = of(yielded);
  }
  for (auto [result, value] : llvm::zip(op.getResults(), carried))
    set(result, value);
}

//===----------------------------------------------------------------------===//
// Iterations
//===----------------------------------------------------------------------===//

bool Reader::dependsOnState(Operation &op) {
  bool depends = false;
  op.walk([&](Operation *inner) {
    for (Value operand : inner->getOperands()) {
      auto found = values.find(operand);
      depends |= found != values.end() &&
                 std::holds_alternative<StateRef>(found->second);
    }
  });
  return depends;
}

void Reader::readFixpoint(FixpointOp op) {
  if (numberOf(op.getMax()).is(1))
    return readOnce(op);
  if (!dependsOnState(*op))
    return setUnknown(*op);
  Number most = numberOf(op.getMax());
  if (op.getAccept() && !(most.isKnown && most.value >= fewPasses))
    return obstruct("an iteration in a pass may end before it has converged",
                    op);
  readLimit(op);
}

/// One pass, whatever its condition says: without it the program fails.
void Reader::readOnce(FixpointOp op) {
  Block &body = op.getBody().front();
  set(body.getArgument(0), Number{0});
  for (auto [argument, init] :
       llvm::zip(body.getArguments().drop_front(), op.getInits()))
    set(argument, Quantity(of(init)));
  readBlock(body);
  auto until = cast<UntilOp>(body.getTerminator());
  for (auto [result, yielded] : llvm::zip(op.getResults(), until.getValues()))
    if (!failed())
      set(result, Quantity(of(yielded)));
}

/// A pass with drawn numbers.
Reader::States Reader::drawnPass(FixpointOp op, const States &carried,
                                 unsigned seed) {
  Draws before = draws;
  draws.begin(seed);
  Block &body = op.getBody().front();
  set(body.getArgument(0), draws());
  auto next = carried.begin();
  for (BlockArgument argument : body.getArguments().drop_front())
    set(argument, isa<FieldType>(argument.getType()) ? Quantity(*next++)
                                                     : Quantity(draws()));
  readBlock(body);
  States made = yieldedBy(body);
  draws = before;
  return made;
}

/// The values of all fields, for one angle.
static Vector vectorOf(ArrayRef<StateRef> fields, size_t set, size_t numSets) {
  std::vector<std::complex<double>> values;
  for (const StateRef &field : fields)
    for (size_t place = set; place < field->real.size(); place += numSets)
      values.emplace_back(field->real[place], field->imag[place]);
  return Eigen::Map<Vector>(values.data(), Eigen::Index(values.size()));
}

/// The functions that no pass changes, as rows.
static Matrix invariantsOf(ArrayRef<Matrix> changes) {
  Eigen::Index size = changes[0].rows();
  Matrix all(size * Eigen::Index(changes.size()), size);
  for (auto [draw, change] : llvm::enumerate(changes))
    all.middleRows(Eigen::Index(draw) * size, size) = change.transpose();
  Eigen::FullPivLU<Matrix> decomposition(all);
  decomposition.setThreshold(1e-10);
  if (decomposition.dimensionOfKernel() == 0)
    return Matrix(0, size);
  return decomposition.kernel().transpose();
}

/// False if the equations leave open what the limit is.
bool Reader::Limit::solve(ArrayRef<std::vector<Matrix>> changes) {
  for (const std::vector<Matrix> &ofSet : changes) {
    Limit::Equations equations;
    equations.invariants = invariantsOf(ofSet);
    Eigen::Index size = ofSet[0].rows(), height = size * numDraws;
    equations.system.resize(height + equations.invariants.rows(), size);
    for (unsigned draw = 0; draw < numDraws; ++draw)
      equations.system.middleRows(draw * size, size) = ofSet[draw];
    equations.system.bottomRows(equations.invariants.rows()) =
        equations.invariants;
    Eigen::CompleteOrthogonalDecomposition<Matrix> decomposition;
    decomposition.setThreshold(1e-11);
    decomposition.compute(equations.system);
    if (decomposition.rank() < size)
      return false;
    equations.inverse = decomposition.pseudoInverse();
    all.push_back(std::move(equations));
  }
  return true;
}

/// Where an iteration leads to; null, with a reason, if that is not one value.
std::shared_ptr<Reader::Limit> Reader::limitOf(FixpointOp op) {
  Key key;
  op->walk([&](Operation *inner) {
    for (Value operand : inner->getOperands()) {
      if (op.getBody().isAncestor(operand.getParentRegion()) ||
          isa<StencilType>(operand.getType()))
        continue;
      const Quantity &read = of(operand);
      if (const auto *number = std::get_if<Number>(&read))
        key.push_back(*number);
      else if (const auto *data = std::get_if<DataRef>(&read))
        key.push_back(*data);
    }
  });
  auto &[knownKey, limit] = limits[op];
  if (limit && knownKey == key)
    return limit;
  knownKey = std::move(key);
  limit = findLimit(op);
  return limit;
}

std::shared_ptr<Reader::Limit> Reader::findLimit(FixpointOp op) {
  std::vector<Period> periods = periodsOf(op.getBody().front());
  size_t numSets = space.numAngles();
  States zero;
  Eigen::Index size = 0;
  for (const Period &period : periods) {
    zero.push_back(space.zero(period));
    size += Eigen::Index(period.numCells());
  }
  if (size == 0 || size > maxUnknowns) {
    obstruct("an iteration in a pass carries too much", op);
    return nullptr;
  }
  std::vector<std::vector<Matrix>> changes(
      numSets, std::vector<Matrix>(numDraws, Matrix(size, size)));
  for (unsigned draw = 0; draw < numDraws; ++draw) {
    States without = drawnPass(op, zero, draw + 1);
    Eigen::Index column = 0;
    for (size_t field = 0; field < zero.size(); ++field)
      for (size_t cell = 0; cell < periods[field].numCells(); ++cell) {
        States unit = zero;
        auto one = std::make_shared<State>(*zero[field]);
        std::fill_n(one->real.begin() + long(cell * numSets), numSets, 1);
        unit[field] = one;
        States with = drawnPass(op, unit, draw + 1);
        if (failed())
          return nullptr;
        for (size_t set = 0; set < numSets; ++set) {
          Matrix &change = changes[set][draw];
          change.col(column) =
              vectorOf(with, set, numSets) - vectorOf(without, set, numSets);
          change(column, column) -= 1;
        }
        ++column;
      }
  }
  auto made = std::make_shared<Limit>();
  if (!made->solve(changes))
    obstruct("where an iteration in a pass leads to is not known", op);
  return made;
}

void Reader::readLimit(FixpointOp op) {
  std::shared_ptr<Limit> limit = limitOf(op);
  std::vector<Period> periods = periodsOf(op.getBody().front());
  States start, zero;
  for (Value init : op.getInits())
    if (!failed() && isa<FieldType>(init.getType()))
      start.push_back(stateOf(of(init), init.getType()));
  std::vector<States> added;
  for (const Period &period : periods)
    zero.push_back(space.zero(period));
  for (unsigned draw = 0; draw < numDraws && !failed(); ++draw)
    added.push_back(drawnPass(op, zero, draw + 1));
  if (failed())
    return;
  std::vector<std::shared_ptr<State>> made;
  for (const StateRef &field : zero)
    made.push_back(std::make_shared<State>(*field));
  size_t numSets = space.numAngles();
  for (size_t set = 0; set < numSets; ++set) {
    const Limit::Equations &equations = limit->all[set];
    Vector right(equations.system.rows());
    Eigen::Index size = equations.system.cols();
    for (unsigned draw = 0; draw < numDraws; ++draw)
      right.segment(draw * size, size) = -vectorOf(added[draw], set, numSets);
    right.tail(equations.invariants.rows()) =
        equations.invariants * vectorOf(start, set, numSets);
    Vector found = equations.inverse * right;
    // No limit at all: the equations contradict each other.
    if ((equations.system * found - right).norm() >
        1e-6 * (right.norm() + found.norm()))
      return obstruct("where an iteration in a pass leads to is not known", op);
    Eigen::Index next = 0;
    for (auto &field : made)
      for (size_t place = set; place < field->real.size(); place += numSets) {
        field->real[place] = found(next).real();
        field->imag[place] = found(next++).imag();
      }
  }
  auto next = made.begin();
  for (Value result : op.getResults())
    set(result, isa<FieldType>(result.getType()) ? Quantity(StateRef(*next++))
                                                 : Quantity(draws()));
}

} // namespace pdec::analysis::fourier
