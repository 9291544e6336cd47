// Each element as a React component: attributes as props, events as `onReady`, `onPaid`, `onPlanAgreed`, `onDismissed`,
// `onError`, and the property `refresh`.

import { createElement, useEffect, useRef } from "react";

const EVENTS = {
  onReady: "saldo-ready",
  onPaid: "saldo-paid",
  onPlanAgreed: "saldo-plan-agreed",
  onDismissed: "saldo-dismissed",
  onError: "saldo-error",
};

const ATTRIBUTES = { currencyDisplay: "currency-display", returnUrl: "return-url" };

const wrap = (tag, name) => {
  const Component = ({ children, refresh, ...props }) => {
    const element = useRef(null);
    const heard = useRef(props);
    heard.current = props;
    useEffect(() => {
      element.current.refresh = refresh;
    }, [refresh]);
    useEffect(() => {
      const node = element.current;
      const listeners = Object.entries(EVENTS).map(([prop, event]) => {
        const listener = (event) => event.target === node && heard.current[prop]?.(event);
        node.addEventListener(event, listener);
        return () => node.removeEventListener(event, listener);
      });
      return () => listeners.forEach((remove) => remove());
    }, []);
    const attributes = { ref: element };
    for (const [prop, value] of Object.entries(props)) if (!(prop in EVENTS)) attributes[ATTRIBUTES[prop] || prop] = value;
    return createElement(tag, attributes, children);
  };
  Component.displayName = name;
  return Component;
};

export const SaldoBalance = wrap("saldo-balance", "SaldoBalance");
export const SaldoStatement = wrap("saldo-statement", "SaldoStatement");
export const SaldoChoices = wrap("saldo-choices", "SaldoChoices");
export const SaldoPlan = wrap("saldo-plan", "SaldoPlan");
export const SaldoReminder = wrap("saldo-reminder", "SaldoReminder");
export const SaldoPay = wrap("saldo-pay", "SaldoPay");
