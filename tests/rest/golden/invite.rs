use syncord::id::{ChannelId, MessageId, ScheduledEventId, UserId};
use syncord::model::InviteTargetUsersJobStatus;
use syncord::rest::GetInvite;

use super::book::Book;

const INVITE: &str = r#"{"type":0,"code":"t1DeKe3p","guild_id":"555088666830176256","channel":{"id":"555088666872119298","type":0,"name":"general"},"approximate_member_count":5,"approximate_presence_count":3,"expires_at":null}"#;

#[test]
fn invites() {
    let mut book = Book::open("invite");
    let invite = book.call("invite", INVITE, |rest| rest.invite("t1DeKe3p", &GetInvite::new()));
    assert_eq!(invite.approximate_member_count, Some(5));
    let what = GetInvite::new()
        .with_counts(true)
        .guild_scheduled_event_id(ScheduledEventId::new(1495755918200143878))
        .target_channel_id(ChannelId::new(555088666872119298))
        .target_message_id(MessageId::new(1500062951300792337));
    book.call("invite with all there is to it", INVITE, |rest| rest.invite("t1DeKe3p", &what));
    book.call("delete_invite", INVITE, |rest| rest.reason("too many guests").delete_invite("t1DeKe3p"));

    let users = [UserId::new(80351110224678912), UserId::new(82198810841029460)];
    let csv = "user_id\n80351110224678912\n82198810841029460\n";
    let known = book.call("invite_target_users", csv, |rest| rest.invite_target_users("t1DeKe3p"));
    assert_eq!(known, users);
    book.perform("update_invite_target_users", |rest| rest.update_invite_target_users("t1DeKe3p", &users));
    let job = r#"{"status":3,"total_users":100,"processed_users":41,"created_at":"2025-01-08T12:00:00.000000+00:00","completed_at":null,"error_message":"Failed to parse CSV file"}"#;
    let job = book
        .call("invite_target_users_job_status", job, |rest| rest.invite_target_users_job_status("t1DeKe3p"));
    assert_eq!((job.status, job.processed_users), (InviteTargetUsersJobStatus::FAILED, 41));
    assert_eq!(job.error_message.as_deref(), Some("Failed to parse CSV file"));
    book.close();
}
