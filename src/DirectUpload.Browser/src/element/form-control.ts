// What a form expects of its controls: the same members as those of <input>.

// A server that renders pages imports this module as well, without a document.
const Base = globalThis.HTMLElement ?? class {} as unknown as typeof HTMLElement;

export abstract class FormControl extends Base {
  static readonly formAssociated = true;
  /** @internal */
  protected readonly internals: ElementInternals = this.attachInternals();

  get form(): HTMLFormElement | null { return this.internals.form; }
  get labels(): NodeList { return this.internals.labels; }
  get type(): string { return 'direct-upload'; }
  get validity(): ValidityState { return this.internals.validity; }
  get validationMessage(): string { return this.internals.validationMessage; }
  get willValidate(): boolean { return this.internals.willValidate; }
  checkValidity(): boolean { return this.internals.checkValidity(); }
  reportValidity(): boolean { return this.internals.reportValidity(); }
}
