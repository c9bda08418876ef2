//===- Checker.h - the statements of a script -------------------*- C++ -*-===//

#ifndef PDEC_CHECK_CHECKER_H
#define PDEC_CHECK_CHECKER_H

#include "compiler/check/Check.h"
#include "compiler/check/Evaluator.h"
#include "compiler/check/GridChecker.h"
#include "compiler/check/ParamChecker.h"
#include "compiler/library/Library.h"

#include <set>

namespace pdec {

/// Goes through the statements of one script and builds its program.
class Checker {
public:
  /// `coefficients` are the names of inputs that are no states.
  Checker(const ast::Script &script, DiagnosticEngine &diagnostics,
          std::set<std::string> coefficients,
          TrainingPart part = TrainingPart::None);

  std::unique_ptr<Program> run(const LibraryScripts &files);
  /// Notes what names stand for; the recorder gives the table after run().
  void record(NameRecorder &recorder) { evaluator.names.recorder = &recorder; }
  /// What is beyond the sides of an expression is guessed, not asked for: to
  /// find out what the inputs are.
  void setLenient() { evaluator.operators.isLenient = true; }

private:
  // Scopes around the script's own.
  void declareBuiltins();
  void declareLibrary(const LibraryScripts &files);

  /// Lists what the script declares, before any of it is evaluated.
  void survey();

  void statement(const ast::Statement &statement);
  void recordParam(const ast::ParamEntry &entry);
  void evolve(const ast::EvolveStatement &evolve);
  void solve(const ast::SolveStatement &solve);
  void output(const ast::OutputStatement &output);
  void declareOutput(const ast::Identifier &name);
  std::vector<NodeRef> computed() const;
  NodeRef outputValue(const Value &value, SourceRange range);
  NodeRef recordInterval(const ast::RecordClause &record);
  const Grid *onlyGrid() const;
  void declareResult(const ast::Identifier &name, Value value);

  // CheckTrain.cpp
  void train(const ast::TrainStatement &train);
  bool findWeights(const ast::TrainStatement &train, Training &training,
                   std::vector<Given> &weights);
  bool readCount(const ast::Expr &expr, const std::string &what,
                 int64_t &count);
  void setOutput(const std::string &name, NodeRef value, SourceRange range);
  void prepareLoss(const NodeRef &loss, const std::vector<Given> &weights);
  NodeRef addTrained(const std::string &name, SourceRange range);
  bool prepareOptimiser(const ast::TrainStatement &train, Training &training);

  // CheckInputs.cpp
  void input(const ast::InputStatement &input);
  Type facesOf(const ast::Expr &expr, const Grid *grid);
  NodeRef inputDefault(const ast::Expr &expr, const Type &type);

  const ast::Script &script;
  /// With those of what it imports.
  const std::vector<const ast::Statement *> statements;
  std::set<std::string> coefficients;
  TrainingPart part;
  std::vector<Output> trainingOutputs; ///< of the part, in the script's place
  std::unique_ptr<Grid> trainedGrid;   ///< of all weights
  Evaluator evaluator;
  Reporter &reporter;
  NodeBuilder &nodes;
  std::unique_ptr<Program> program;
  Scope *builtins, *library, *global;
  std::map<std::string, SourceRange> declarations, outputs;
  GridChecker grids;
  ParamChecker params;
};

/// The names of the inputs that are coefficients or data: fields evolve or are
/// solved for with them (CheckInputs.cpp), but from others.
std::set<std::string> findCoefficients(const ast::Script &script,
                                       const LibraryScripts &files);

} // namespace pdec

#endif // PDEC_CHECK_CHECKER_H
