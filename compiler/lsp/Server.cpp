//===- Server.cpp - the language server -----------------------------------===//
//
// One client, one message after the other. Texts are looked at when no further
// message waits: so a fast typist is not answered about each letter. What is
// proved takes longer, and is looked for when the client has been silent for a
// moment, or asks for it.
//
//===----------------------------------------------------------------------===//

#include "compiler/lsp/Server.h"

#include "compiler/lsp/Connection.h"
#include "compiler/lsp/Features.h"
#include "compiler/lsp/WrittenOut.h"

#include "mlir/Tools/lsp-server-support/Transport.h"

#include "llvm/Support/raw_ostream.h"

#include <map>
#include <unistd.h>

namespace pdec::lsp {

using llvm::json::Array;
using llvm::json::Object;
using llvm::json::Value;
using mlir::lsp::Callback;
using mlir::lsp::ErrorCode;
using mlir::lsp::LSPError;

//===----------------------------------------------------------------------===//
// What requests have in common
//===----------------------------------------------------------------------===//

static bool fromJSON(const Value &value, Change &result,
                     llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  return map && map.map("range", result.range) && map.map("text", result.text);
}

namespace {

/// Documents are called by URIs of any scheme: untitled ones have none of
/// files.
struct DocumentId {
  std::string uri;
  int64_t version = 0;
};

struct OpenParams {
  DocumentId document;
  std::string text;
};

struct ChangeParams {
  DocumentId document;
  std::vector<Change> changes;
};

struct DocumentParams {
  DocumentId document;
};

struct PlaceParams {
  DocumentId document;
  Position position;
  bool includeDeclaration = false;
  std::string newName;
};

struct RangeParams {
  DocumentId document;
  Range range;
};

struct AnyParams {
  Value value = nullptr;
};

bool fromJSON(const Value &value, DocumentId &result, llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  return map && map.map("uri", result.uri) &&
         map.mapOptional("version", result.version);
}

bool fromJSON(const Value &value, OpenParams &result, llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  if (!map || !map.map("textDocument", result.document))
    return false;
  llvm::json::ObjectMapper item(*value.getAsObject()->get("textDocument"),
                                path.field("textDocument"));
  return item && item.map("text", result.text);
}

bool fromJSON(const Value &value, ChangeParams &result, llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  return map && map.map("textDocument", result.document) &&
         map.map("contentChanges", result.changes);
}

bool fromJSON(const Value &value, DocumentParams &result,
              llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  return map && map.map("textDocument", result.document);
}

bool fromJSON(const Value &value, PlaceParams &result, llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  if (!map || !map.map("textDocument", result.document) ||
      !map.map("position", result.position) ||
      !map.mapOptional("newName", result.newName))
    return false;
  if (const Object *context = value.getAsObject()->getObject("context"))
    result.includeDeclaration =
        context->getBoolean("includeDeclaration").value_or(false);
  return true;
}

bool fromJSON(const Value &value, RangeParams &result, llvm::json::Path path) {
  llvm::json::ObjectMapper map(value, path);
  return map && map.map("textDocument", result.document) &&
         map.map("range", result.range);
}

bool fromJSON(const Value &value, AnyParams &result, llvm::json::Path) {
  result.value = value;
  return true;
}

//===----------------------------------------------------------------------===//
// The server
//===----------------------------------------------------------------------===//

class Server {
public:
  Server() : transport(stdin, llvm::outs()), handler(transport) {
    registerMethods();
  }

  int run();

private:
  void registerMethods();
  void dispatch(const std::string &text);
  void dispatch(Object message);
  void refuse(Value id, ErrorCode code, const char *why);

  void initialize(const AnyParams &params, Callback<Value> reply);
  void shutdown(const AnyParams &params, Callback<Value> reply);
  void onOpen(const OpenParams &params);
  void onChange(const ChangeParams &params);
  void onClose(const DocumentParams &params);

  void onReferences(const PlaceParams &params, Callback<Value> reply);
  void onRename(const PlaceParams &params, Callback<Value> reply);

  // A feature's answer, with no more than the request says.
  template <auto Ask>
  void ofPlace(const PlaceParams &params, Callback<Value> reply);
  template <auto Ask>
  void ofRange(const RangeParams &params, Callback<Value> reply);
  template <auto Ask>
  void ofDocument(const DocumentParams &params, Callback<Value> reply);

  /// Answers with what a feature says of a place or a document.
  template <typename Ask>
  void answer(const DocumentId &id, Callback<Value> reply, const Ask &ask);
  template <typename Ask>
  void answerAt(const PlaceParams &params, Callback<Value> reply,
                const Ask &ask);

  /// Tells the diagnostics of documents that have changed.
  void tellAll();
  void tell(Document &document);
  /// Looks for proofs in one document; false if there is none to look at.
  bool examineOne();

  mlir::lsp::JSONTransport transport;
  mlir::lsp::MessageHandler handler;
  std::map<std::string, std::unique_ptr<Document>> documents;
  bool isInitialized = false, isShutDown = false, isOver = false;
};

} // namespace

//===----------------------------------------------------------------------===//
// Messages
//===----------------------------------------------------------------------===//

static llvm::Error failure(ErrorCode code, const std::string &why) {
  return llvm::make_error<LSPError>(why, code);
}

void Server::refuse(Value id, ErrorCode code, const char *why) {
  transport.reply(std::move(id), failure(code, why));
}

/// Whether brackets are nested as in no message of the protocol: reading them
/// takes stack.
static bool isTooDeep(const std::string &text) {
  constexpr int deepest = 200;
  int depth = 0;
  bool isInString = false;
  for (size_t i = 0; i < text.size() && depth <= deepest; ++i) {
    if (isInString && text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      isInString = !isInString;
    else if (!isInString)
      depth += (text[i] == '[' || text[i] == '{') -
               (text[i] == ']' || text[i] == '}');
  }
  return depth > deepest;
}

void Server::dispatch(const std::string &text) {
  if (isTooDeep(text))
    return refuse(nullptr, ErrorCode::ParseError, "the message is no JSON");
  auto message = llvm::json::parse(text);
  if (!message) {
    llvm::consumeError(message.takeError());
    return refuse(nullptr, ErrorCode::ParseError, "the message is no JSON");
  }
  if (Object *object = message->getAsObject();
      object && object->getString("jsonrpc") == "2.0")
    return dispatch(std::move(*object));
  refuse(nullptr, ErrorCode::InvalidRequest, "the message is no JSON-RPC 2.0");
}

void Server::dispatch(Object message) {
  const Value *found = message.get("id");
  std::optional<Value> id = found ? std::optional(*found) : std::nullopt;
  auto method = message.getString("method");
  if (!method) {
    // An answer to one of our requests, which need none.
    if (!message.get("result") && !message.get("error"))
      refuse(id.value_or(nullptr), ErrorCode::InvalidRequest,
             "the message has no method");
    return;
  }
  Value params = message.get("params") ? *message.get("params") : nullptr;
  if (*method == "exit") {
    isOver = true;
    return;
  }
  bool isEarly = !isInitialized && *method != "initialize";
  if (id && isEarly)
    return refuse(*id, ErrorCode::ServerNotInitialized,
                  "the first request is 'initialize'");
  if (id && isShutDown)
    return refuse(*id, ErrorCode::InvalidRequest,
                  "nothing but 'exit' follows 'shutdown'");
  if (id)
    handler.onCall(*method, std::move(params), *id);
  else if (!isEarly)
    handler.onNotify(*method, std::move(params));
}

int Server::run() {
  // How long a client is silent before proofs are looked for.
  constexpr int moment = 200;
  Connection client(STDIN_FILENO);
  while (!isOver) {
    if (!client.waitFor(0)) {
      tellAll();
      while (!client.waitFor(moment) && examineOne()) {
      }
    }
    auto message = client.next();
    if (!message)
      return isShutDown ? 0 : 1;
    dispatch(*message);
  }
  return isShutDown ? 0 : 1;
}

void Server::initialize(const AnyParams &, Callback<Value> reply) {
  isInitialized = true;
  Object sync{{"openClose", true}, {"change", 2}};
  Object capabilities{
      {"positionEncoding", "utf-16"},
      {"textDocumentSync", std::move(sync)},
      {"hoverProvider", true},
      {"definitionProvider", true},
      {"referencesProvider", true},
      {"documentHighlightProvider", true},
      {"documentSymbolProvider", true},
      {"documentFormattingProvider", true},
      {"inlayHintProvider", true},
      {"renameProvider", Object{{"prepareProvider", true}}},
      {"codeActionProvider", Object{{"codeActionKinds", Array{"quickfix"}}}},
      {"completionProvider", Object{{"triggerCharacters", Array{"."}}}},
      {"signatureHelpProvider", Object{{"triggerCharacters", Array{"(", ","}}}},
      {"semanticTokensProvider",
       Object{{"legend", semanticTokenLegend()}, {"full", true}}}};
  reply(Object{
      {"serverInfo", Object{{"name", "pdec"}, {"version", PDEC_VERSION}}},
      {"capabilities", std::move(capabilities)}});
}

void Server::shutdown(const AnyParams &, Callback<Value> reply) {
  isShutDown = true;
  reply(nullptr);
}

//===----------------------------------------------------------------------===//
// Documents
//===----------------------------------------------------------------------===//

/// The path of a file; of anything else its URI, as a name for messages.
static std::string pathOf(const std::string &uri) {
  auto file = mlir::lsp::URIForFile::fromURI(uri);
  if (file)
    return file->file().str();
  llvm::consumeError(file.takeError());
  return uri;
}

void Server::onOpen(const OpenParams &params) {
  const std::string &uri = params.document.uri;
  std::string path = pathOf(uri);
  documents[uri] = std::make_unique<Document>(
      uri, path, libraryAt(path), params.document.version, params.text);
}

void Server::onChange(const ChangeParams &params) {
  auto found = documents.find(params.document.uri);
  if (found == documents.end())
    return;
  Document &document = *found->second;
  document.change(params.changes);
  document.version = params.document.version;
}

void Server::onClose(const DocumentParams &params) {
  if (!documents.erase(params.document.uri))
    return;
  transport.notify(
      "textDocument/publishDiagnostics",
      Object{{"uri", params.document.uri}, {"diagnostics", Array{}}});
}

void Server::tell(Document &document) {
  document.isTold = true;
  transport.notify("textDocument/publishDiagnostics",
                   Object{{"uri", document.uri},
                          {"version", document.version},
                          {"diagnostics", diagnosticsOf(document)}});
}

void Server::tellAll() {
  for (auto &[uri, document] : documents)
    if (!document->isTold)
      tell(*document);
}

bool Server::examineOne() {
  for (auto &[uri, document] : documents) {
    if (document->current().isExamined())
      continue;
    document->current().examine();
    tell(*document);
    return true;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Requests
//===----------------------------------------------------------------------===//

template <typename Ask>
void Server::answer(const DocumentId &id, Callback<Value> reply,
                    const Ask &ask) {
  auto found = documents.find(id.uri);
  if (found == documents.end())
    return reply(failure(ErrorCode::InvalidParams,
                         "the document '" + id.uri + "' is not open"));
  Document &document = *found->second;
  bool wasExamined = document.isTold && document.current().isExamined();
  llvm::Expected<Value> result = ask(document);
  // What was found on the way is news.
  document.isTold &= wasExamined == document.current().isExamined();
  if (!document.isTold)
    tell(document);
  reply(std::move(result));
}

template <typename Ask>
void Server::answerAt(const PlaceParams &params, Callback<Value> reply,
                      const Ask &ask) {
  answer(params.document, std::move(reply), [&](Document &document) {
    return ask(document,
               document.current().positions().offset(params.position));
  });
}

template <auto Ask>
void Server::ofPlace(const PlaceParams &params, Callback<Value> reply) {
  answerAt(params, std::move(reply), Ask);
}
template <auto Ask>
void Server::ofRange(const RangeParams &params, Callback<Value> reply) {
  answer(params.document, std::move(reply),
         [&](Document &document) { return Ask(document, params.range); });
}
template <auto Ask>
void Server::ofDocument(const DocumentParams &params, Callback<Value> reply) {
  answer(params.document, std::move(reply), Ask);
}

void Server::onReferences(const PlaceParams &params, Callback<Value> reply) {
  answerAt(params, std::move(reply), [&](Document &document, uint32_t offset) {
    return references(document, offset, params.includeDeclaration);
  });
}
void Server::onRename(const PlaceParams &params, Callback<Value> reply) {
  answerAt(params, std::move(reply), [&](Document &document, uint32_t offset) {
    return rename(document, offset, params.newName);
  });
}
void Server::registerMethods() {
  handler.method("initialize", this, &Server::initialize);
  handler.method("shutdown", this, &Server::shutdown);
  handler.notification("textDocument/didOpen", this, &Server::onOpen);
  handler.notification("textDocument/didChange", this, &Server::onChange);
  handler.notification("textDocument/didClose", this, &Server::onClose);
  handler.method("textDocument/hover", this, &Server::ofPlace<hover>);
  handler.method("textDocument/signatureHelp", this,
                 &Server::ofPlace<signatureHelp>);
  handler.method("textDocument/completion", this,
                 &Server::ofPlace<completions>);
  handler.method("textDocument/definition", this, &Server::ofPlace<definition>);
  handler.method("textDocument/references", this, &Server::onReferences);
  handler.method("textDocument/documentHighlight", this,
                 &Server::ofPlace<highlights>);
  handler.method("textDocument/prepareRename", this, &Server::ofPlace<renamed>);
  handler.method("textDocument/rename", this, &Server::onRename);
  handler.method("textDocument/documentSymbol", this,
                 &Server::ofDocument<symbols>);
  handler.method("textDocument/semanticTokens/full", this,
                 &Server::ofDocument<semanticTokens>);
  handler.method("textDocument/formatting", this,
                 &Server::ofDocument<formatting>);
  handler.method("textDocument/inlayHint", this, &Server::ofRange<inlayHints>);
  handler.method("textDocument/codeAction", this, &Server::ofRange<fixesFor>);
}

int serve() { return Server().run(); }

} // namespace pdec::lsp
