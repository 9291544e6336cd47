/** Adds the loader of the server at `base` to the page, once, and answers when it has run. */
export function loadSaldo(base: string, options?: { nonce?: string; debug?: boolean }): Promise<void>;

/** Every element of the kit. */
export const elements: readonly string[];

/** An amount in minor units. */
export interface Money {
  minor: number;
  currency: string;
}

/** What the server answered; every part that the page's elements show. */
export interface SaldoView {
  revision: string;
  expires_at: string;
  locale: string;
  scopes: ("balance" | "statement" | "pay" | "plan")[];
  balance?: { amount_due: Money; formatted: string; state: string; state_text: string; open_item_count: number };
  [part: string]: unknown;
}

/** `saldo-error`: a stable code. */
export interface SaldoFault {
  code: string;
}

/** `saldo-dismissed`: which reminder, and for how long. */
export interface SaldoDismissal {
  reminder_id: string;
  until: "later" | "for_good";
}

/** An element of the kit. */
export interface SaldoElement extends HTMLElement {
  token: string | null;
  /** Asked for a fresh token when the old one has ended; once for all elements with the same token. */
  refresh?: () => Promise<string> | string;
}

declare global {
  interface HTMLElementTagNameMap {
    "saldo-balance": SaldoElement;
    "saldo-statement": SaldoElement;
    "saldo-choices": SaldoElement;
    "saldo-plan": SaldoElement;
    "saldo-reminder": SaldoElement;
    "saldo-pay": SaldoElement;
  }
  interface HTMLElementEventMap {
    "saldo-ready": CustomEvent<SaldoView>;
    "saldo-paid": CustomEvent<SaldoView>;
    "saldo-plan-agreed": CustomEvent<SaldoView>;
    "saldo-dismissed": CustomEvent<SaldoDismissal>;
    "saldo-error": CustomEvent<SaldoFault>;
  }
}
