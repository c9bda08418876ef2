//===- OnnxRunner.cpp - models in ONNX Runtime ----------------------------===//
//
// A script for Node.js beside the compiler runs a model; data go through files
// of a temporary folder.
//
//===----------------------------------------------------------------------===//

#include "compiler/verify/OnnxRunner.h"
#include "compiler/stages/Compiler.h"

#include "llvm/ADT/ScopeExit.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"

#include <cstdlib>

namespace pdec::driver {

namespace path = llvm::sys::path;

llvm::Expected<OnnxRunner> OnnxRunner::find() {
  OnnxRunner runner;
  const char *given = std::getenv("PDEC_ONNXRUNTIME");
  runner.module =
      given ? given : inInstallation("node/node_modules/onnxruntime-node");
  runner.script = inInstallation(PDEC_DATA_FOLDER "/run-onnx.mjs");
  auto node = llvm::sys::findProgramByName("node");
  if (node && llvm::sys::fs::is_directory(runner.module)) {
    runner.node = *node;
    llvm::SmallString<128> absolute(runner.module);
    llvm::sys::fs::make_absolute(absolute);
    runner.module = absolute.str().str();
    return runner;
  }
  return llvm::createStringError(
      "ONNX Runtime is " +
      (node ? "not at '" + runner.module + "'"
            : std::string("run by Node.js, which is not installed")) +
      "; install it with 'npm install --ignore-scripts --prefix DIR "
      "onnxruntime-node' and set PDEC_ONNXRUNTIME to "
      "DIR/node_modules/onnxruntime-node");
}

/// A job in a folder of its own.
namespace {
class Job {
public:
  explicit Job(llvm::StringRef folder) : folder(folder) {}
  llvm::Error write(const std::string &module, const std::string &model,
                    const std::vector<OnnxFeeds> &runs,
                    const std::vector<std::string> &outputs);
  llvm::Error start(const std::string &node, const std::string &script);
  std::string outputFile(size_t run, size_t output) const {
    return file("output-" + std::to_string(run) + "-" + std::to_string(output));
  }
  std::string file(const std::string &name) const {
    llvm::SmallString<128> result(folder);
    path::append(result, name);
    return result.str().str();
  }

private:
  std::string folder;
  llvm::Error put(const std::string &name, llvm::StringRef bytes) {
    std::string problem;
    if (writeFile(file(name), bytes, problem))
      return llvm::Error::success();
    return llvm::createStringError(problem);
  }
};
} // namespace

llvm::Error Job::write(const std::string &module, const std::string &model,
                       const std::vector<OnnxFeeds> &runs,
                       const std::vector<std::string> &outputs) {
  llvm::json::Array all;
  for (size_t run = 0; run < runs.size(); ++run) {
    llvm::json::Array feeds, results;
    for (size_t i = 0; i < runs[run].size(); ++i) {
      const OnnxFeed &feed = runs[run][i];
      std::string name =
          "input-" + std::to_string(run) + "-" + std::to_string(i);
      if (auto error = put(name, feed.bytes))
        return error;
      feeds.push_back(llvm::json::Object{{"name", feed.name},
                                         {"type", feed.type},
                                         {"dims", llvm::json::Array(feed.dims)},
                                         {"file", file(name)}});
    }
    for (size_t i = 0; i < outputs.size(); ++i)
      results.push_back(llvm::json::Object{{"name", outputs[i]},
                                           {"file", outputFile(run, i)}});
    all.push_back(llvm::json::Object{{"feeds", std::move(feeds)},
                                     {"outputs", std::move(results)}});
  }
  llvm::json::Object job{{"module", module},
                         {"model", file("model.onnx")},
                         {"runs", std::move(all)}};
  std::string text;
  llvm::raw_string_ostream(text) << llvm::json::Value(std::move(job));
  if (auto error = put("model.onnx", model))
    return error;
  return put("job.json", text);
}

llvm::Error Job::start(const std::string &node, const std::string &script) {
  std::string said = file("said"), job = file("job.json");
  std::optional<llvm::StringRef> redirects[] = {
      llvm::StringRef(""), llvm::StringRef(said), llvm::StringRef(said)};
  if (llvm::sys::ExecuteAndWait(node, {node, script, job}, std::nullopt,
                                redirects) == 0)
    return llvm::Error::success();
  std::string text = "it said nothing";
  if (auto buffer = llvm::MemoryBuffer::getFile(said))
    text = (*buffer)->getBuffer().trim().str();
  return llvm::createStringError("ONNX Runtime does not run the model: " +
                                 text);
}

llvm::Expected<std::vector<std::vector<std::string>>>
OnnxRunner::run(const std::string &model, const std::vector<OnnxFeeds> &runs,
                const std::vector<std::string> &outputs) const {
  llvm::SmallString<128> folder;
  if (auto code = llvm::sys::fs::createUniqueDirectory("pdec-onnx", folder))
    return llvm::createStringError(code, "cannot make a temporary folder");
  auto remove =
      llvm::make_scope_exit([&] { llvm::sys::fs::remove_directories(folder); });
  Job job(folder);
  if (auto error = job.write(module, model, runs, outputs))
    return std::move(error);
  if (auto error = job.start(node, script))
    return std::move(error);
  std::vector<std::vector<std::string>> results(runs.size());
  for (size_t run = 0; run < runs.size(); ++run)
    for (size_t i = 0; i < outputs.size(); ++i) {
      auto buffer = llvm::MemoryBuffer::getFile(job.outputFile(run, i));
      if (!buffer)
        return llvm::createStringError("ONNX Runtime made no output");
      results[run].push_back((*buffer)->getBuffer().str());
    }
  return results;
}

} // namespace pdec::driver
