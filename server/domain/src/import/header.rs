//! How creditors name their columns, in Spanish, English and Portuguese.

use crate::import::Field;
use crate::import::text::words;

/// Names of a field, the surest first, with a bar between them. They compare by their words, in any order, without case
/// and accents.
fn names(field: Field) -> &'static str {
    match field {
        Field::InvoiceNumber => {
            "invoice number|número de factura|número da fatura|número da nota fiscal|número de documento|\
             document number|número do documento|folio fiscal|folio factura|folio|invoice|factura|nota fiscal|\
             fatura|número nf|nf|nfe|número comprobante|comprobante|invoice id|factura id|id fatura|\
             bill number|documento|document|número de recibo|boleta|número de boleta|título|número do título|\
             duplicata|serie folio|number|reference number|invoice reference|inv number"
        }
        Field::IssuedOn => {
            "invoice date|issue date|issued on|date issued|fecha de emisión|data de emissão|fecha de factura|\
             fecha factura|data da fatura|data da nota fiscal|document date|fecha del documento|\
             data do documento|fecha de expedición|fecha documento|emisión|emissão|fec emisión|fecha emis|\
             f emisión|dt emissão|fch emisión|billing date|bill date|issued|fecha|data|date|invoiced on|\
             fecha comprobante"
        }
        Field::DueOn => {
            "due date|due on|date due|payment due date|fecha de vencimiento|data de vencimento|\
             fecha vencimiento|vencimiento|vencimento|vence|vence el|fecha límite|fecha límite de pago|\
             fecha de pago límite|due|fec venc|fecha venc|f venc|fec vencimiento|fch vencimiento|vto|vcto|venc|\
             fecha vto|fecha vcto|fec vto|dt vencimento|dt venc|data venc|net due date|maturity date|pay by|\
             data limite"
        }
        Field::Amount => {
            "invoice amount|amount|importe total|importe|monto total|monto|valor total|valor da fatura|\
             valor factura|valor da nota|valor da nota fiscal|valor do título|monto factura|importe factura|\
             invoice total|total amount|total factura|total da fatura|amount total|gross amount|total|valor|\
             grand total|importe original|monto original|valor original|original amount|valor bruto|cantidad|\
             quantia|total general|total a pagar"
        }
        Field::Outstanding => {
            "outstanding|outstanding amount|open amount|open balance|amount due|balance due|amount open|\
             saldo pendiente|saldo insoluto|saldo por pagar|saldo abierto|importe pendiente|monto pendiente|\
             saldo em aberto|valor em aberto|saldo devedor|saldo deudor|saldo actual|balance|saldo|adeudo|\
             importe adeudado|monto adeudado|pendiente|remaining|remaining amount"
        }
        Field::Currency => {
            "currency|currency code|moneda|moeda|divisa|código de moneda|código da moeda|invoice currency|\
             moneda factura|ccy|tipo de moneda|tipo moneda|mon"
        }
        Field::SettledOn => {
            "settled date|settled on|settlement date|date settled|paid on|paid date|date paid|payment date|\
             fecha de pago|data de pagamento|data do pagamento|fecha pago|fecha de cobro|fecha de liquidación|\
             data de liquidação|data da baixa|pagada el|pagado el|pago em|paid at|cleared date|fecha cobro|\
             dt pagamento|clearing date|data de quitação"
        }
        Field::Status => {
            "status|estado|estatus|situação|situación|invoice status|estado factura|estado de pago|\
             payment status|situação do título|status da fatura|estado de la factura"
        }
        Field::Disputed => {
            "disputed|dispute|in dispute|en disputa|em disputa|disputada|disputa|contestada|contestado|\
             is disputed|impugnada|reclamada|en reclamo"
        }
        Field::Description => {
            "description|descripción|descrição|concepto|detalle|detalhe|memo|glosa|histórico|observaciones|\
             observações|notes|notas|service|servicio|serviço|producto|produto|motivo"
        }
        _ => debtor_names(field),
    }
}

/// [`names`] of what says who owes.
fn debtor_names(field: Field) -> &'static str {
    match field {
        Field::DebtorReference => {
            "debtor reference|customer id|customer number|client id|id cliente|número de cliente|\
             número do cliente|código de cliente|código do cliente|cód cliente|clave de cliente|clave cliente|\
             customer code|client code|client number|customer reference|referencia cliente|\
             referencia del deudor|debtor id|id deudor|id devedor|account number|customer account|\
             número de cuenta|cuenta cliente|rfc|nit|rut|cuit|ruc|cnpj|cpf|cpf cnpj|cnpj cpf|rut cliente|\
             nit cliente|rfc cliente|ruc cliente|cuit cliente|tax id|identificación|cédula|dni|clave|debtor|\
             código|id contacto"
        }
        Field::DebtorName => {
            "debtor name|customer name|client name|nombre del cliente|nome do cliente|nombre cliente|\
             razón social|razão social|nombre del deudor|nome do devedor|nombre o razón social|company name|\
             company|empresa|cliente|customer|client|deudor|devedor|sacado|nombre|nome|name|bill to|\
             account name|receptor|nombre receptor|nombre fantasía|tomador"
        }
        Field::Email => {
            "email|e mail|correo electrónico|correo|mail|email address|customer email|email cliente|\
             correo cliente|correo del cliente|email do cliente|endereço de email|correio eletrônico|\
             contact email|email de cobranza|email cobrança|dirección de correo|billing email"
        }
        Field::Phone => {
            "phone|phone number|teléfono|telefone|celular|móvil|mobile|whatsapp|tel|mobile phone|\
             teléfono celular|teléfono móvil|número de teléfono|número de telefone|número celular|\
             customer phone|teléfono cliente|telefone do cliente|contact phone|fone"
        }
        Field::Language => "language|idioma|lengua|lang|preferred language|customer language|língua",
        Field::Country => {
            "country|país|country code|código de país|código do país|customer country|país cliente|\
             billing country"
        }
        Field::Zone => "time zone|timezone|zona horaria|huso horario|fuso horário|fuso|tz",
        Field::PostalAddress => {
            "postal address|mailing address|address|street address|billing address|dirección|dirección postal|\
             domicilio|domicilio fiscal|endereço|endereço postal|customer address|dirección cliente|\
             endereço do cliente"
        }
        _ => consent_names(field),
    }
}

/// [`names`] of what says how the debtor may be reached.
fn consent_names(field: Field) -> &'static str {
    match field {
        Field::ConsentEmail => {
            "consent email|email consent|email opt in|consentimiento correo|consentimiento email|autoriza correo|\
             autoriza email|consentimento email|autoriza e mail"
        }
        Field::ConsentSms => {
            "consent sms|sms consent|sms opt in|consentimiento sms|autoriza sms|consentimento sms|text consent"
        }
        Field::ConsentWhatsapp => {
            "consent whatsapp|whatsapp consent|whatsapp opt in|consentimiento whatsapp|autoriza whatsapp|\
             consentimento whatsapp"
        }
        Field::ConsentLetter => {
            "consent letter|letter consent|consentimiento carta|autoriza carta|consentimento carta|mail consent"
        }
        Field::ConsentCall => {
            "consent call|call consent|consentimiento llamada|autoriza llamada|autoriza llamadas|\
             consentimento ligação|autoriza ligação|phone consent"
        }
        Field::ConsentProof => {
            "consent proof|proof of consent|consent source|prueba consentimiento|prueba de consentimiento|\
             origen consentimiento|fuente consentimiento|soporte autorización|prova consentimento|\
             prova do consentimento|origem consentimento"
        }
        Field::ConsentOn => {
            "consent date|consent on|date of consent|fecha consentimiento|fecha de consentimiento|\
             fecha autorización|fecha de autorización|data consentimento|data do consentimento"
        }
        _ => "",
    }
}

/// How well a header names a field: 0 is best; nothing where it does not.
pub fn rank(header: &str, field: Field) -> Option<usize> {
    let wanted = Name::new(header);
    if wanted.words.is_empty() {
        return None;
    }
    names(field).split('|').position(|name| Name::new(name).same(&wanted))
}

/// A header's words: sorted and shortened for comparison, and run together for headers that have no spaces.
struct Name {
    words: Vec<String>,
    joined: String,
    joined_short: String,
}

impl Name {
    fn new(text: &str) -> Self {
        let all = words(text);
        let kept: Vec<&String> = all.iter().filter(|word| !FILLERS.contains(&word.as_str())).collect();
        let joined_short = kept.iter().map(|word| word.as_str()).collect();
        let mut short: Vec<String> = kept.iter().map(|word| shortened(word).to_owned()).collect();
        short.sort();
        short.dedup();
        Self { words: short, joined: all.concat(), joined_short }
    }

    fn same(&self, header: &Self) -> bool {
        self.words == header.words || self.joined == header.joined || self.joined_short == header.joined
    }
}

const FILLERS: [&str; 12] = ["de", "del", "da", "do", "la", "el", "the", "of", "o", "a", "los", "el"];

fn shortened(word: &str) -> &str {
    match word {
        "no" | "num" | "numero" | "nro" | "nr" | "nbr" | "n" | "number" | "numbers" => "#",
        "cod" | "codigo" | "code" => "id",
        "fec" | "fch" => "fecha",
        "ref" | "referencia" => "reference",
        "tel" => "telefono",
        "mail" => "email",
        _ => word,
    }
}
