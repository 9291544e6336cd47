import { useEffect, useState } from "react";

// Once in your page: <script async crossorigin src="{{loader}}"></script>
export function Balance() {
  const [token, setToken] = useState(null);

  useEffect(() => {
    const load = () => fetch("/saldo-token").then((answer) => answer.text()).then(setToken);
    load();
    // A token lives for 15 minutes.
    const timer = setInterval(load, 12 * 60 * 1000);
    return () => clearInterval(timer);
  }, []);

  return token && <saldo-balance token={token} locale="es" />;
}
