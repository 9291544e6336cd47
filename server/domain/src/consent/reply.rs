/// What a debtor's answer asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReplyWord {
    /// No more messages on this channel.
    Stop,
    /// Messages again.
    Start,
}

/// Words that stop a channel, also with a few words behind them: `STOP por favor`.
const STOP: [&str; 10] =
    ["stop", "stopall", "unsubscribe", "baja", "parar", "pare", "sair", "descadastrar", "desinscribir", "arret"];
/// Words that stop it only alone: in Spanish `cancelar` is also to pay.
const STOP_ALONE: [&str; 11] =
    ["cancelar", "cancel", "cancela", "end", "quit", "alto", "remover", "salir", "no", "optout", "revoke"];
/// Words that let it begin again.
const START: [&str; 8] = ["start", "unstop", "alta", "voltar", "volver", "reiniciar", "iniciar", "suscribir"];
/// A message with more words than this says more than one of them.
const WORDS_MAX: usize = 3;

/// Reads an answer to a message: a word of the lists in any case, with or without accents and marks. Everything else is for
/// people to read.
pub fn read_reply(text: &str) -> Option<ReplyWord> {
    let words: Vec<String> =
        text.split_whitespace().take(WORDS_MAX + 1).map(plain).filter(|it| !it.is_empty()).collect();
    let first = words.first()?.as_str();
    let alone = words.len() == 1;
    if words.len() > WORDS_MAX {
        None
    } else if STOP.contains(&first) || (alone && STOP_ALONE.contains(&first)) {
        Some(ReplyWord::Stop)
    } else if alone && START.contains(&first) {
        Some(ReplyWord::Start)
    } else {
        None
    }
}

/// A word in lower case without accents and without marks.
fn plain(word: &str) -> String {
    let letters = word.chars().take(40).flat_map(char::to_lowercase).map(|letter| match letter {
        'á' | 'à' | 'â' | 'ã' => 'a',
        'é' | 'ê' | 'è' => 'e',
        'í' => 'i',
        'ó' | 'ô' | 'õ' => 'o',
        'ú' | 'ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        other => other,
    });
    letters.filter(|letter| letter.is_alphanumeric()).collect()
}
