//! CPU quotas by the control groups of Linux, which need root.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;

/// A quota of a tenth of a CPU for one process, removed on drop.
///
/// It is 1 ms in each period of 10 ms: short periods, so that requests do not wait long for the next one.
pub struct CpuQuota {
    control_group: PathBuf,
}

impl CpuQuota {
    /// Sets the quota, by control groups of version 1 or 2.
    pub fn set(process: u32) -> Result<Self> {
        let name = format!("veto-bench-{process}");
        let version_1 = Path::new("/sys/fs/cgroup/cpu").join(&name);
        let version_2 = Path::new("/sys/fs/cgroup").join(&name);
        let (control_group, settings): (PathBuf, &[(&str, &str)]) = if fs::create_dir(&version_1).is_ok() {
            (
                version_1,
                &[("cpu.cfs_period_us", "10000"), ("cpu.cfs_quota_us", "1000")],
            )
        } else {
            fs::create_dir(&version_2)?;
            (version_2, &[("cpu.max", "1000 10000")])
        };
        let quota = Self { control_group };
        for (file, value) in settings {
            fs::write(quota.control_group.join(file), value)?;
        }
        fs::write(quota.control_group.join("cgroup.procs"), process.to_string())?;
        Ok(quota)
    }
}

impl Drop for CpuQuota {
    fn drop(&mut self) {
        // An empty control group that stays does no harm.
        _ = fs::remove_dir(&self.control_group);
    }
}
