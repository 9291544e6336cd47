import type { FunctionComponent, ReactNode } from "react";
import type { SaldoDismissal, SaldoFault, SaldoView } from "./index.js";

export interface SaldoProps {
  token?: string;
  locale?: string;
  currencyDisplay?: "symbol" | "code";
  theme?: "auto" | "light" | "dark";
  returnUrl?: string;
  mode?: "redirect" | "popup";
  base?: string;
  refresh?: () => Promise<string> | string;
  onReady?: (event: CustomEvent<SaldoView>) => void;
  onPaid?: (event: CustomEvent<SaldoView>) => void;
  onPlanAgreed?: (event: CustomEvent<SaldoView>) => void;
  onDismissed?: (event: CustomEvent<SaldoDismissal>) => void;
  onError?: (event: CustomEvent<SaldoFault>) => void;
  children?: ReactNode;
}

export const SaldoBalance: FunctionComponent<SaldoProps>;
export const SaldoStatement: FunctionComponent<SaldoProps>;
export const SaldoChoices: FunctionComponent<SaldoProps>;
export const SaldoPlan: FunctionComponent<SaldoProps>;
export const SaldoReminder: FunctionComponent<SaldoProps>;
export const SaldoPay: FunctionComponent<SaldoProps>;
