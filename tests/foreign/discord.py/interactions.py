"""Commands, components and modals."""

import io
from typing import Optional, Union

import discord
from discord import app_commands, ui

from talk import check, feature, person


def add(bot, tree, after, caused, wait, general, guild, member):
    @tree.command(description="Every kind of option")
    @app_commands.choices(colour=[app_commands.Choice(name="Red", value="red")])
    @app_commands.describe(text="a text")
    async def every(interaction: discord.Interaction, text: app_commands.Range[str, 1, 20], whole: int, number: float,
                    flag: bool, user: discord.Member, role: discord.Role, channel: discord.TextChannel,
                    either: Union[discord.Member, discord.Role], file: discord.Attachment,
                    colour: Optional[app_commands.Choice[str]] = None):
        content = await file.read()
        await interaction.response.send_message(
            f"{text} {whole} {number} {flag} {user.name} {role.name} {channel.name} {either.name} {file.filename} "
            f"{content.decode()} {colour.value}")

    crew = app_commands.Group(name="crew", description="The crew")
    rota = app_commands.Group(name="rota", description="The rota", parent=crew)

    @rota.command(name="add", description="Adds a member")
    async def rota_add(interaction: discord.Interaction, who: discord.User):
        await interaction.response.send_message(f"added {who.name}")

    tree.add_command(crew)

    @tree.command(description="Picks a fruit")
    async def pick(interaction: discord.Interaction, fruit: str):
        await interaction.response.send_message(fruit)

    @pick.autocomplete("fruit")
    async def fruits(_, text: str):
        return [app_commands.Choice(name=one, value=one) for one in ["apple", "banana", "basil"] if one.startswith(text)]

    @tree.context_menu(name="Greet")
    async def greet(interaction: discord.Interaction, user: discord.Member):
        await interaction.response.send_message(f"hello {user.name}")

    @tree.context_menu(name="Quote")
    async def quote(interaction: discord.Interaction, message: discord.Message):
        await interaction.response.send_message(f"> {message.content}")

    @tree.command(description="Answers later")
    async def later(interaction: discord.Interaction):
        await interaction.response.defer(ephemeral=True)
        await interaction.edit_original_response(content="done")
        check((await interaction.original_response()).flags.ephemeral, "not ephemeral")
        followup = await interaction.followup.send("and more", wait=True)
        await followup.edit(content="and even more")
        await followup.delete()

    class Form(ui.Modal, title="Form"):
        name = ui.Label(text="Name", component=ui.TextInput(custom_id="name"))
        fruit = ui.Label(text="Fruit", component=ui.Select(
            custom_id="fruit", options=[discord.SelectOption(label="Apple", value="apple")]))
        who = ui.Label(text="Who", component=ui.UserSelect(custom_id="who"))
        file = ui.Label(text="File", component=ui.FileUpload(custom_id="file"))
        sure = ui.Label(text="Sure", component=ui.Checkbox(custom_id="sure"))

        async def on_submit(self, interaction):
            file = self.file.component.values[0]
            await interaction.response.send_message(
                f"{self.name.component.value} {self.fruit.component.values[0]} {self.who.component.values[0].name} "
                f"{(await file.read()).decode()} {self.sure.component.value}")

    class Choices(ui.Modal, title="Choices"):
        note = ui.TextDisplay("Choose.")
        one = ui.Label(text="One", component=ui.RadioGroup(
            custom_id="one", options=[discord.RadioGroupOption(label="A", value="a")]))
        many = ui.Label(text="Many", component=ui.CheckboxGroup(
            custom_id="many", options=[discord.CheckboxGroupOption(label="B", value="b")]))

        async def on_submit(self, interaction):
            await interaction.response.send_message(f"{self.one.component.value} {self.many.component.values}")

    @tree.command(description="Opens a form")
    async def form(interaction: discord.Interaction, kind: int):
        await interaction.response.send_modal(Form() if kind == 1 else Choices())

    @feature("command registration")
    async def _():
        synced = await tree.sync()
        check(len(synced) == 7, synced)
        check({one.name for one in await tree.fetch_commands()} == {one.name for one in synced}, "fetched")
        tree.copy_global_to(guild=guild())
        await tree.sync(guild=guild())

    @feature("slash commands, every kind of option")
    async def _():
        role = await guild().create_role(name="pilot")
        line = f"/every text:hi there whole:3 number:2.5 flag:true user:@bob role:{role.id} channel:#general either:@bob " \
               "file:chart.txt colour:Red"
        person(does="uses", line=line, file="chart.txt",
               expect="hi there 3 2.5 True bob pilot general bob chart.txt a map of the harbour red")
        await wait("interaction")

    @feature("subcommands")
    async def _():
        person(does="uses", line="/crew rota add who:@ann", expect="added ann")
        await wait("interaction")

    @feature("autocomplete")
    async def _():
        person(does="autocompletes", line="/pick fruit:ba", expect="banana,basil")
        await wait("interaction")

    @feature("context menus")
    async def _():
        message = await general().send("old saying")
        person(does="uses on user", command="Greet", target="bob", expect="hello bob")
        await wait("interaction")
        person(does="uses on message", command="Quote", message=str(message.id), expect="> old saying")
        await wait("interaction")

    @feature("deferred, ephemeral and follow-up messages")
    async def _():
        waiting = wait("app_command_completion")
        person(does="uses", line="/later")
        await waiting

    @feature("buttons and selects")
    async def _():
        view = ui.View(timeout=10)
        button = ui.Button(label="Go", custom_id="go", style=discord.ButtonStyle.primary)

        async def pressed(interaction):
            await interaction.response.edit_message(content="gone")
            await interaction.followup.send("pressed")

        button.callback = pressed
        view.add_item(button)
        rows = [
            ui.Select(custom_id="text", options=[discord.SelectOption(label="One", value="1")]),
            ui.UserSelect(custom_id="user"), ui.MentionableSelect(custom_id="any", max_values=2),
            ui.ChannelSelect(custom_id="channel", channel_types=[discord.ChannelType.text]),
        ]
        for row in rows:
            async def chosen(interaction, row=row):
                await interaction.response.send_message(" ".join(str(getattr(v, "name", v)) for v in row.values))

            row.callback = chosen
            view.add_item(row)
        message = await general().send("choose", view=view)
        for id, values, expected in [("text", ["1"], "1"), ("user", ["@bob"], "bob"), ("any", ["@ann", "@bob"], "ann bob"),
                                     ("channel", [str(general().id)], "general")]:
            person(does="selects", message=str(message.id), id=id, values=values, expect=expected)
            await wait("interaction")
        _, edited = await after({"does": "clicks", "message": str(message.id), "id": "go"}, "message_edit")
        check(edited.content == "gone" and edited.components, edited)
        role_view = ui.View(timeout=10)
        roles = ui.RoleSelect(custom_id="role")

        async def role_chosen(interaction):
            await interaction.response.send_message(roles.values[0].name)

        roles.callback = role_chosen
        role_view.add_item(roles)
        message = await general().send("role", view=role_view)
        pilot = discord.utils.get(guild().roles, name="pilot")
        person(does="selects", message=str(message.id), id="role", values=[str(pilot.id)], expect="pilot")
        await wait("interaction")

    @feature("components v2")
    async def _():
        view = ui.LayoutView(timeout=10)
        button = ui.Button(label="Go", custom_id="v2")

        async def pressed(interaction):
            await interaction.response.send_message("v2 pressed")

        button.callback = pressed
        view.add_item(ui.Container(
            ui.TextDisplay("# Harbour"), ui.Section(ui.TextDisplay("a ship"), accessory=button), ui.Separator(),
            ui.MediaGallery(discord.MediaGalleryItem("https://example.com/map.png")), ui.File("attachment://map.txt"),
            accent_colour=0x123456))
        message = await general().send(view=view, file=discord.File(io.BytesIO(b"a map"), "map.txt"))
        check(message.flags.components_v2, message.flags)
        container = message.components[0]
        check([type(one).__name__ for one in container.children] == [
            "TextDisplay", "SectionComponent", "SeparatorComponent", "MediaGalleryComponent", "FileComponent"], container)
        file = container.children[4]
        check((file.name, file.size) == ("map.txt", 5) and file.media.url.startswith("http"), file.media)
        person(does="clicks", message=str(message.id), id="v2", expect="v2 pressed")
        await wait("interaction")

    @feature("modals")
    async def _():
        # The library knows the modal once Discord has answered.
        opened = wait("app_command_completion")
        person(does="uses", line="/form kind:1")
        await opened
        person(does="submits", file="chart.txt", expect="Ann apple bob a map of the harbour True", fields={
            "name": "Ann", "fruit": ["apple"], "who": ["@bob"], "file": ["chart.txt"], "sure": True})
        await wait("interaction")
        opened = wait("app_command_completion")
        person(does="uses", line="/form kind:2")
        await opened
        person(does="submits", fields={"one": "a", "many": ["b"]}, expect="a ['b']")
        await wait("interaction")
