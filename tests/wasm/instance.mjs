// The module in node, as the page's script uses it (render/theme/live.js).
export class Module {
  constructor(compiled, words) {
    this.compiled = compiled;
    this.words = words;
  }

  open() {
    let memory;
    const text = (from) => {
      const bytes = new Uint8Array(memory.buffer);
      return new TextDecoder().decode(bytes.subarray(from, bytes.indexOf(0, from)));
    };
    const imports = { page: { fail: (words) => { throw new Error(text(words)); } } };
    for (const { module, name } of WebAssembly.Module.imports(this.compiled))
      (imports[module] ??= {})[name] ??= () => { throw new Error(`the module asks for ${module}.${name}`); };
    this.module = new WebAssembly.Instance(this.compiled, imports).exports;
    memory = this.module.memory;
    this.module._initialize();
    this.put(this.words);
    this.module.speak();
  }

  put(text) {
    const bytes = new TextEncoder().encode(text);
    const at = this.module.room(bytes.length);  // first, for memory that grows is another buffer
    new Uint8Array(this.module.memory.buffer).set(bytes, at);
  }

  // The answer's text. After a throw the instance is used up.
  answer(request) {
    if (!this.module) this.open();
    try {
      this.put(request);
      const at = this.module.answer();
      return new TextDecoder().decode(new Uint8Array(this.module.memory.buffer, at, this.module.answer_size()));
    } catch (error) {
      this.module = null;
      return JSON.stringify({ error: error.message });
    }
  }
}
