//===- RunReport.cpp - all about a run on one page ------------------------===//

#include "runtime/report/RunReport.h"
#include "runtime/report/Graphviz.h"
#include "runtime/report/Html.h"
#include "runtime/report/NetworkDrawing.h"
#include "runtime/report/ScriptText.h"

#include <cmath>
#include <cstring>
#include <ctime>

using namespace pdert;

/// Colours for light and dark; pictures are drawn on white.
static const char *const style = R"(
:root { color-scheme: light dark; --text: #1f2937; --soft: #4b5563;
  --back: #fff; --panel: #f5f6f8; --line: #d9dde3; --k: #7c2d8e; --c: #5b6b5f;
  --n: #9a3412; --f: #0f5e5a; }
@media (prefers-color-scheme: dark) { :root { --text: #dfe3e8; --soft: #a7b0bb;
  --back: #15181c; --panel: #1f242a; --line: #38404a; --k: #d8a5e8;
  --c: #8fa596; --n: #f0a878; --f: #6fd0c8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; color: var(--text);
  background: var(--back); font: 16px/1.5 system-ui, -apple-system, "Segoe UI",
  Helvetica, Arial, sans-serif; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 .6rem; font-size: 1.2rem;
  border-bottom: 1px solid var(--line); }
p.note { color: var(--soft); }
p.warning { border-left: 4px solid var(--n); padding-left: .7rem; }
pre, code { font: 14px/1.45 ui-monospace, "DejaVu Sans Mono", Menlo,
  monospace; }
pre { background: var(--panel); border: 1px solid var(--line); padding: .7rem;
  border-radius: 4px; overflow: auto; overflow-wrap: normal; }
table { border-collapse: collapse; }
th, td { border: 1px solid var(--line); padding: .2rem .6rem; text-align: left;
  vertical-align: top; overflow-wrap: normal; }
.wide { overflow-x: auto; }
.pictures { display: flex; flex-wrap: wrap; gap: .7rem; }
.picture { background: #fff; border-radius: 4px; overflow-x: auto;
  max-width: 100%; }
.pictures svg { display: block; max-width: 100%; height: auto; }
.network svg { display: block; }

.l { counter-increment: line; }
.l::before { content: counter(line); display: inline-block; width: 2.2em;
  margin-right: 1em; text-align: right; color: var(--soft);
  user-select: none; }
.k { color: var(--k); } .c { color: var(--c); font-style: italic; }
.n { color: var(--n); } .f { color: var(--f); }
)";

static std::string textOr(const char *text) { return text ? text : ""; }

static std::string section(const char *title, const std::string &content) {
  return content.empty() ? ""
                         : format("<section>\n<h2>%s</h2>\n", title) + content +
                               "</section>\n";
}

static std::string preformatted(const std::string &text) {
  return text.empty() ? ""
                      : "<pre tabindex=\"0\">" + htmlText(text) + "</pre>\n";
}

static std::string pictures(const std::vector<Panel> &panels) {
  if (panels.empty())
    return "";
  std::string text = "<svg width=\"0\" height=\"0\" "
                     "style=\"position:absolute\"><defs>\n" +
                     colorGradients() +
                     "</defs></svg>\n<div class=\"pictures\">\n";
  for (const Panel &panel : panels)
    text += format("<div class=\"picture\"><svg width=\"%.0f\" height=\"%.0f\" "
                   "viewBox=\"0 0 %.0f %.0f\" font-size=\"13\">\n",
                   panel.width, panel.height, panel.width, panel.height) +
            panel.svg + "</svg></div>\n";
  return text + "</div>\n";
}

static std::string dataTable(const std::vector<DataFact> &facts,
                             const char *file, const char *values) {
  std::vector<std::vector<std::string>> rows = {{"name", "on", file, values}};
  for (const DataFact &fact : facts)
    rows.push_back({"<code>" + htmlText(fact.name) + "</code>",
                    htmlText(fact.place), htmlText(fact.file),
                    htmlText(fact.values)});
  if (*values == '\0')
    for (std::vector<std::string> &row : rows)
      row.pop_back();
  return rows.size() > 1 ? htmlTable(rows) : "";
}

static std::string valueText(const pde_param &param, pde_value value) {
  return param.kind == PDE_INT
             ? format("%lld", static_cast<long long>(value.integer))
             : shortest(value.real);
}

/// "> 0 and <= 0.5", or nothing.
static std::string limitsText(const pde_param &param) {
  std::string text;
  if (std::isfinite(param.low))
    text = (param.low_open ? "> " : ">= ") + shortest(param.low);
  if (std::isfinite(param.high))
    text += (text.empty() ? "" : " and ") +
            std::string(param.high_open ? "< " : "<= ") + shortest(param.high);
  return text;
}

static std::string parameters(const pde_context &ctx) {
  std::vector<std::vector<std::string>> rows = {
      {"name", "value", "of the script", "allowed"}};
  for (int32_t i = 0; i < ctx.program.num_params; ++i) {
    const pde_param &param = ctx.program.params[i];
    std::string value = valueText(param, ctx.params[i]);
    std::string initial = valueText(param, param.initial);
    rows.push_back({"<code>" + htmlText(param.name) + "</code>",
                    value == initial ? value : "<strong>" + value + "</strong>",
                    initial, htmlText(limitsText(param))});
  }
  return rows.size() > 1 ? htmlTable(rows) : "";
}

static std::string convergence(const RunFacts &facts) {
  const pde_program &program = facts.ctx.program;
  std::vector<std::vector<std::string>> rows = {
      {"of", "line", "runs", "passes", "last", "below"}};
  for (size_t loop = 0; loop < facts.histories.size(); ++loop) {
    const LoopHistory &history = facts.histories[loop];
    const pde_loop &described = program.loops[loop];
    if (history.numRuns() == 0)
      continue;
    bool isMeasured = std::strcmp(described.measure, "condition") != 0 &&
                      std::strcmp(described.measure, "evolution") != 0;
    auto measured = [&](double value) {
      return isMeasured ? format("%.3g", value) : std::string();
    };
    rows.push_back({"<code>" + htmlText(described.what) + "</code>",
                    std::to_string(described.line),
                    std::to_string(history.numRuns()),
                    std::to_string(history.numPasses()),
                    isMeasured ? htmlText(described.measure) + " " +
                                     measured(history.lastMeasure())
                               : "",
                    measured(history.bound())});
  }
  return rows.size() > 1 ? htmlTable(rows) : "";
}

static std::string network(const pde_origin &origin) {
  std::string graph = textOr(origin.network);
  if (graph.empty())
    return "";
  std::string drawing = drawWithGraphviz(graph);
  if (drawing.empty())
    drawing = drawNetwork(graph);
  return "<p class=\"note\">The network that the scheme is: blue boxes are "
         "convolutions, green ones their transposes, yellow ones activations, "
         "red ones skips and sums; a frame is repeated.</p>\n"
         "<div class=\"picture network\" tabindex=\"0\">\n" +
         drawing + "</div>\n";
}

static std::string script(const pde_program &program) {
  std::string text = textOr(program.origin.script);
  if (text.empty())
    return "";
  std::string source = program.source;
  bool isScript =
      source.size() < 5 || source.compare(source.size() - 5, 5, ".mlir") != 0;
  return isScript ? "<pre tabindex=\"0\"><code>" + scriptHtml(text) +
                        "</code></pre>\n"
                  : preformatted(text);
}

static std::string nowText() {
  std::time_t seconds = std::time(nullptr);
  std::tm parts;
  char text[64];
  if (!gmtime_r(&seconds, &parts) ||
      std::strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S UTC", &parts) == 0)
    return "";
  return text;
}

static std::string provenance(const RunFacts &facts) {
  const pde_program &program = facts.ctx.program;
  std::vector<std::vector<std::string>> rows = {{"what", "value"}};
  auto add = [&](const char *what, const std::string &value) {
    if (!value.empty())
      rows.push_back({what, "<code>" + htmlText(value) + "</code>"});
  };
  add("script", program.source);
  add("its SHA-256", textOr(program.origin.sha256));
  add("compiler", textOr(program.origin.compiler));
  add("compiled with", textOr(program.origin.options));
  add("form", std::string(program.form) +
                  (program.type == PDE_F32 ? ", f32" : ", f64"));
  add("command", facts.command);
  add("threads", std::to_string(facts.ctx.threads));
  add("finished", nowText());
  return htmlTable(rows);
}

static std::string warnings(const RunFacts &facts) {
  std::string text;
  for (const std::string &warning : facts.warnings)
    text += "<p class=\"warning\">warning: " + htmlText(warning) + "</p>\n";
  return text;
}

std::string pdert::runReport(const RunFacts &facts) {
  const pde_program &program = facts.ctx.program;
  std::string title = htmlText(program.name);
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
         "<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
         "content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n"
         "<link rel=\"icon\" href=\"data:,\">\n<title>" +
         title + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n" +
         "<h1>" + title + "</h1>\n" + warnings(facts) +
         section("Pictures", pictures(facts.panels)) +
         section("Results", dataTable(facts.outputs, "written to", "values")) +
         section("Data", dataTable(facts.inputs, "from", "")) +
         section("Parameters", parameters(facts.ctx)) +
         section("Iterations", convergence(facts)) +
         section("Time and memory", preformatted(facts.profile)) +
         section("What is proved of the steps",
                 preformatted(textOr(program.certificate))) +
         section("Network", network(program.origin)) +
         section("Script", script(program)) +
         section("Where it comes from", provenance(facts)) +
         "</body>\n</html>\n";
}
