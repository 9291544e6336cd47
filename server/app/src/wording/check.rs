use super::facts::SAMPLE_LINK;
use super::{Compiled, sample};
use minijinja::machinery::ast::{BinOpKind, CompareOpKind, Expr, Stmt, UnaryOpKind};
use minijinja::machinery::{Span, parse};
use saldo_domain::Refusal;
use saldo_domain::currency::Currency;
use saldo_domain::locale::Locale;
use saldo_domain::message_template::{
    ITEM_FIELDS, MessageTemplate, TemplateRefusal, TemplateText, VARIABLES, foreign_link,
};
use saldo_domain::reminder::Tone;

/// What `loop` has inside of a loop.
const LOOP_FIELDS: [&str; 3] = ["index", "first", "last"];

/// Judges what only the template engine can: syntax, variables, and what the words become. Templates use a small part of the
/// language (values, conditions, one loop over the items), so that a checked one cannot fail while it speaks.
///
/// # Errors
/// `template_unreadable`, `template_variable_unknown`, `template_foreign_link`, each with its place.
pub fn check(template: &MessageTemplate) -> Result<(), Refusal> {
    for text in &template.texts {
        for (in_subject, source) in text.parts() {
            check_source(text, in_subject, source).map_err(Refusal::Template)?;
        }
    }
    let compiled = Compiled::try_new(template).map_err(Refusal::Template)?;
    template.texts.iter().try_for_each(|text| spoken(&compiled, text)).map_err(Refusal::Template)
}

fn check_source(text: &TemplateText, in_subject: bool, source: &str) -> Result<(), TemplateRefusal> {
    let root = parse(source, "", Default::default());
    let root = root.map_err(|error| TemplateRefusal::Unreadable(text.place(in_subject, error.line().unwrap_or(1))))?;
    let walk = Walk { text, in_subject, item: None };
    walk.statement(&root)
}

/// Says the example in every tone, with and without what may be absent: no link but ours may come of it.
fn spoken(compiled: &Compiled, text: &TemplateText) -> Result<(), TemplateRefusal> {
    let locale = Locale::new(text.language, "");
    for tone in [Tone::Friendly, Tone::Neutral, Tone::Firm] {
        for whole in [true, false] {
            let facts = sample(&locale, "Saldo", Currency::MXN, tone, whole);
            let said = compiled.say(text.language, text.channel, &facts);
            let said = said.map_err(|_| TemplateRefusal::Unreadable(text.place(false, 1)))?;
            let Some(said) = said else { continue };
            for (in_subject, words) in [(true, said.subject.as_deref()), (false, Some(said.body.as_str()))] {
                let words = words.unwrap_or_default().replace(SAMPLE_LINK, "\u{1}");
                if let Some(line) = foreign_link(&words) {
                    return Err(TemplateRefusal::ForeignLink(text.place(in_subject, line)));
                }
            }
        }
    }
    Ok(())
}

#[derive(Clone, Copy)]
struct Walk<'a> {
    text: &'a TemplateText,
    in_subject: bool,
    /// What the loop calls an item.
    item: Option<&'a str>,
}

impl<'a> Walk<'a> {
    fn unreadable(&self, span: Span) -> TemplateRefusal {
        TemplateRefusal::Unreadable(self.text.place(self.in_subject, usize::from(span.start_line)))
    }

    fn unknown(&self, span: Span, name: String) -> TemplateRefusal {
        let place = self.text.place(self.in_subject, usize::from(span.start_line));
        TemplateRefusal::VariableUnknown { place, name: name.chars().take(40).collect() }
    }

    fn all(&self, statements: &[Stmt<'a>]) -> Result<(), TemplateRefusal> {
        statements.iter().try_for_each(|statement| self.statement(statement))
    }

    fn statement(&self, statement: &Stmt<'a>) -> Result<(), TemplateRefusal> {
        match statement {
            Stmt::Template(template) => self.all(&template.children),
            Stmt::EmitRaw(_) => Ok(()),
            Stmt::EmitExpr(emitted) => match &emitted.expr {
                Expr::Var(variable) if variable.id == "items" => Err(self.unreadable(variable.span())),
                expression => self.expression(expression),
            },
            Stmt::IfCond(condition) => {
                self.expression(&condition.expr)?;
                self.all(&condition.true_body)?;
                self.all(&condition.false_body)
            }
            Stmt::ForLoop(each) => {
                let over_items = matches!(&each.iter, Expr::Var(variable) if variable.id == "items");
                let Expr::Var(target) = &each.target else { return Err(self.unreadable(each.target.span())) };
                let plain = each.filter_expr.is_none() && !each.recursive && self.item.is_none();
                if !over_items || !plain || VARIABLES.contains(&target.id) || target.id == "loop" {
                    return Err(self.unreadable(each.iter.span()));
                }
                Self { item: Some(target.id), ..*self }.all(&each.body)?;
                self.all(&each.else_body)
            }
            other => Err(self.unreadable(span(other))),
        }
    }

    fn expression(&self, expression: &Expr<'a>) -> Result<(), TemplateRefusal> {
        match expression {
            Expr::Var(variable) if VARIABLES.contains(&variable.id) => Ok(()),
            Expr::Var(variable) if self.item == Some(variable.id) => Err(self.unreadable(variable.span())),
            Expr::Var(variable) => Err(self.unknown(variable.span(), variable.id.to_owned())),
            Expr::Const(constant) => {
                let foreign = constant.value.as_str().is_some_and(|words| foreign_link(words).is_some());
                let place = self.text.place(self.in_subject, usize::from(constant.span().start_line));
                if foreign { Err(TemplateRefusal::ForeignLink(place)) } else { Ok(()) }
            }
            Expr::UnaryOp(one) if matches!(one.op, UnaryOpKind::Not) => self.expression(&one.expr),
            Expr::BinOp(two) => {
                use BinOpKind::{Eq, Gt, Gte, Lt, Lte, Ne, ScAnd, ScOr};
                if !matches!(two.op, Eq | Ne | Lt | Lte | Gt | Gte | ScAnd | ScOr) {
                    return Err(self.unreadable(two.span()));
                }
                self.expression(&two.left)?;
                self.expression(&two.right)
            }
            Expr::Compare(chain) => {
                self.expression(&chain.expr)?;
                chain.ops.iter().try_for_each(|one| match one.op {
                    CompareOpKind::In | CompareOpKind::NotIn => Err(self.unreadable(one.expr.span())),
                    _ => self.expression(&one.expr),
                })
            }
            Expr::IfExpr(choice) => {
                self.expression(&choice.test_expr)?;
                self.expression(&choice.true_expr)?;
                choice.false_expr.as_ref().map_or(Ok(()), |other| self.expression(other))
            }
            Expr::GetAttr(field) => self.field(&field.expr, field.name, field.span()),
            other => Err(self.unreadable(other.span())),
        }
    }

    /// `item.amount` inside of the loop that calls it so; `loop.last`.
    fn field(&self, of: &Expr<'a>, name: &str, span: Span) -> Result<(), TemplateRefusal> {
        let Expr::Var(variable) = of else { return Err(self.unreadable(span)) };
        let known = match self.item {
            Some(item) if item == variable.id => ITEM_FIELDS.contains(&name),
            Some(_) if variable.id == "loop" => LOOP_FIELDS.contains(&name),
            _ => false,
        };
        if known { Ok(()) } else { Err(self.unknown(span, format!("{}.{name}", variable.id))) }
    }
}

/// Where a statement that templates may not use begins.
fn span(statement: &Stmt<'_>) -> Span {
    match statement {
        Stmt::WithBlock(one) => one.span(),
        Stmt::Set(one) => one.span(),
        Stmt::SetBlock(one) => one.span(),
        Stmt::AutoEscape(one) => one.span(),
        Stmt::FilterBlock(one) => one.span(),
        Stmt::Block(one) => one.span(),
        Stmt::Import(one) => one.span(),
        Stmt::FromImport(one) => one.span(),
        Stmt::Extends(one) => one.span(),
        Stmt::Include(one) => one.span(),
        Stmt::Macro(one) => one.span(),
        Stmt::CallBlock(one) => one.span(),
        Stmt::Do(one) => one.span(),
        _ => Span::default(),
    }
}
