//! Ids in the order in which things are written, also within one millisecond.

use crate::ambient::Ambient;
use uuid::Uuid;

/// Makes ids of version 7 that sort in the order in which they were made: 26 bits behind the moment count (RFC 9562,
/// section 6.2, method 1), 48 are random.
pub(crate) struct Sequence<'a> {
    ambient: &'a Ambient,
    millis: u64,
    count: u32,
}

const COUNT_MAX: u32 = 1 << 26;

impl<'a> Sequence<'a> {
    /// Begins at the present moment.
    pub(crate) fn new(ambient: &'a Ambient) -> Self {
        Self { ambient, millis: u64::try_from(ambient.now().as_millisecond()).unwrap_or(0), count: 0 }
    }

    /// The next id.
    pub(crate) fn next(&mut self) -> Uuid {
        if self.count == COUNT_MAX {
            (self.millis, self.count) = (self.millis + 1, 0);
        }
        let count = self.count.to_be_bytes();
        self.count += 1;
        let mut bytes = [0; 10];
        bytes[4..].copy_from_slice(&self.ambient.uuid_v7().as_bytes()[10..]);
        // 12 bits stand beside the version, 6 beside the variant, 8 in the byte after it.
        let value = u32::from_be_bytes(count);
        bytes[0] = low_byte(value >> 22);
        bytes[1] = low_byte(value >> 14);
        bytes[2] = low_byte((value >> 8) & 0x3f);
        bytes[3] = low_byte(value);
        uuid::Builder::from_unix_timestamp_millis(self.millis, &bytes).into_uuid()
    }
}

fn low_byte(value: u32) -> u8 {
    value.to_be_bytes()[3]
}
