//! The bytes of an upload: taken from the node that received them into the database, and from there to whichever node reads
//! them.

use crate::App;
use crate::failure::{Failure, Fault};
use crate::flows::access_link::later;
use jiff::SignedDuration;
use saldo_domain::Refusal;
use saldo_domain::ids::{CreditorId, ImportId};
use saldo_store::import_file::{self, PIECE_BYTES_MAX};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// How long an upload waits for somebody to go on with it.
const KEPT: SignedDuration = SignedDuration::from_hours(24 * 30);
/// Pieces that are written in one database transaction: nobody waits long for its turn.
const AT_ONCE: u32 = 16;

/// Where an upload that is being received lies, before it is one.
///
/// # Errors
/// A fault where the folder cannot be made.
pub fn new_file(app: &App) -> Result<PathBuf, Failure> {
    Ok(folder(app)?.join(format!("{}.part", app.ambient().uuid_v7())))
}

fn folder(app: &App) -> Result<PathBuf, Failure> {
    let folder = app.config().server.data_dir.join("uploads");
    std::fs::create_dir_all(&folder).map_err(broken)?;
    Ok(folder)
}

fn broken(error: std::io::Error) -> Failure {
    Fault::Disk(error).into()
}

/// Writes a received file into the database. Until its import is written too, nobody knows of it.
pub(super) async fn keep(app: &App, creditor: CreditorId, id: ImportId, received: &Path) -> Result<(), Failure> {
    let before = later(app.now(), -KEPT)?;
    let mut file = File::open(received).await.map_err(broken)?;
    let (mut place, mut ended) = (0, false);
    let mut piece = vec![0; PIECE_BYTES_MAX];
    while !ended {
        let tx = app.store().write_of(creditor).await?;
        if place == 0 {
            import_file::delete_before(&tx, creditor, before).await?;
        }
        for _ in 0..AT_ONCE {
            let filled = fill(&mut file, &mut piece).await.map_err(broken)?;
            ended = filled < PIECE_BYTES_MAX;
            if filled > 0 {
                import_file::insert(&tx, creditor, id, place, &piece[..filled]).await?;
                place += 1;
            }
            if ended {
                break;
            }
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn fill(file: &mut File, piece: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < piece.len() {
        match file.read(&mut piece[filled..]).await? {
            0 => break,
            count => filled += count,
        }
    }
    Ok(filled)
}

/// The bytes of an upload as a file of this node's, which goes with the value.
pub(super) async fn fetch(app: &App, creditor: CreditorId, id: ImportId) -> Result<NamedTempFile, Failure> {
    let local = NamedTempFile::new_in(folder(app)?).map_err(broken)?;
    let mut file = File::from_std(local.reopen().map_err(broken)?);
    let tx = app.store().read_of(creditor).await?;
    let mut place = 0;
    while let Some(piece) = import_file::find(&tx, creditor, id, place).await? {
        file.write_all(&piece).await.map_err(broken)?;
        place += 1;
    }
    if place == 0 {
        return Err(Refusal::NotFound.into());
    }
    file.flush().await.map_err(broken)?;
    Ok(local)
}
